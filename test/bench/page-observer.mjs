// What the page itself can tell about its smoothness. Runs inside the page before any of its own scripts.

/** Handed to the browser as source: it must not use anything outside itself. */
export function observe() {
  const seen = {
    tasks: [],
    pictures: [],
    layoutShift: 0,
    firstPictureMs: 0,
    firstDotMs: 0,
    movingMs: 0,
    slow: '',
  };
  const watch = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch('longtask', ({ startTime, duration }) => seen.tasks.push({ start: startTime, length: duration }));
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') seen.firstPictureMs = startTime;
  });
  watch('layout-shift', ({ value, hadRecentInput }) => (seen.layoutShift += hadRecentInput ? 0 : value));

  // The layer of dots, made small and looked at until something is on it, and then something else.
  const small = Object.assign(document.createElement('canvas'), { width: 240, height: 120 });
  const context = small.getContext('2d', { willReadFrequently: true });
  let first = null;
  const look = () => {
    const layer = document.querySelector('[data-testid="traffic"] canvas');
    if (layer && layer.width > 1) {
      context.clearRect(0, 0, small.width, small.height);
      context.drawImage(layer, 0, 0, small.width, small.height);
      const { data } = context.getImageData(0, 0, small.width, small.height);
      const isInked = data.some((value) => value > 0);
      if (isInked && !first) {
        first = data;
        seen.firstDotMs = performance.now();
      } else if (first && data.some((value, at) => value !== first[at])) {
        seen.movingMs = performance.now();
        return;
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  window.observed = {
    get movingMs() {
      return seen.movingMs;
    },
    countPictures() {
      let last = performance.now();
      const next = (now) => {
        seen.pictures.push(now - last);
        last = now;
        // What the page says when the simulation cannot keep up.
        if (seen.pictures.length % 30 === 0) {
          seen.slow ||= document.querySelector('[role="status"][class*="slow"]')?.textContent ?? '';
        }
        requestAnimationFrame(next);
      };
      requestAnimationFrame(next);
    },
    read: () => ({
      ...seen,
      scripts: performance
        .getEntriesByType('resource')
        .filter(({ name, initiatorType }) => name.endsWith('.js') && initiatorType !== 'other')
        .map(({ name, responseEnd }) => ({ path: new URL(name).pathname, endMs: responseEnd })),
      clock: document.querySelector('[role="timer"]')?.textContent,
    }),
  };
}
