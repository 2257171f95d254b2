// A newer version is offered in words, and taken only after the work is saved; refusal is no error.
import { expect, it, vi } from 'vitest';
import { keepOffline } from '../../../src/ui/app/offline.ts';
import { createView } from '../../../src/ui/app/view.ts';

function fakeWorkers(controller: object | null) {
  const waiting = { postMessage: vi.fn() };
  const registration = Object.assign(new EventTarget(), { waiting, installing: null });
  const workers = Object.assign(new EventTarget(), {
    controller,
    register: vi.fn(() => Promise.resolve(registration)),
  });
  return { workers: workers as unknown as ServiceWorkerContainer, registration, waiting };
}

it('offers a waiting version, saves the work, lets it take over, then reloads', async () => {
  const { workers, waiting } = fakeWorkers({});
  const view = createView();
  const steps: string[] = [];
  const autosave = { flush: () => Promise.resolve(void steps.push('saved')) };
  await keepOffline(view, autosave, workers, () => steps.push('reloaded'));
  const [notice] = view.getState().notices;
  expect(notice.text).toMatch(/^A newer Loadbearing is ready\./);
  expect(steps).toEqual([]);
  notice.actions![0].run();
  await vi.waitFor(() => expect(waiting.postMessage).toHaveBeenCalledWith('take over'));
  workers.dispatchEvent(new Event('controllerchange'));
  expect(steps).toEqual(['saved', 'reloaded']);
});

it('asks again until the newer version has taken over, and never after', async () => {
  vi.useFakeTimers();
  try {
    const { workers, waiting } = fakeWorkers({});
    const view = createView();
    await keepOffline(view, { flush: () => Promise.resolve() }, workers, () => {});
    view.getState().notices[0].actions![0].run();
    await vi.advanceTimersByTimeAsync(2_500);
    expect(waiting.postMessage).toHaveBeenCalledTimes(3);
    workers.dispatchEvent(new Event('controllerchange'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(waiting.postMessage).toHaveBeenCalledTimes(3);
  } finally {
    vi.useRealTimers();
  }
});

it('offers a version that another tab found first and that is still being fetched when this one opens', async () => {
  const { workers, registration } = fakeWorkers({});
  const coming = Object.assign(new EventTarget(), { state: 'installing' });
  Object.assign(registration, { waiting: null, installing: coming });
  const view = createView();
  await keepOffline(view, { flush: () => Promise.resolve() }, workers);
  expect(view.getState().notices).toEqual([]);
  coming.state = 'installed';
  coming.dispatchEvent(new Event('statechange'));
  expect(view.getState().notices[0].text).toMatch(/^A newer Loadbearing is ready\./);
});

it('tells the other tabs when one of them has changed to the newer version, and saves before the reload', async () => {
  const { workers } = fakeWorkers({});
  const view = createView();
  const steps: string[] = [];
  const autosave = { flush: () => Promise.resolve(void steps.push('saved')) };
  await keepOffline(view, autosave, workers, () => steps.push('reloaded'));
  workers.dispatchEvent(new Event('controllerchange'));
  const [notice] = view.getState().notices;
  expect(notice.text).toMatch(/^Another tab changed to a newer Loadbearing\./);
  notice.actions![0].run();
  await vi.waitFor(() => expect(steps).toEqual(['saved', 'reloaded']));
});

it('says nothing on the first visit, nor where it is refused', async () => {
  const view = createView();
  const autosave = { flush: () => Promise.resolve() };
  const first = fakeWorkers(null);
  await keepOffline(view, autosave, first.workers);
  // The new service worker takes charge of the page that brought it.
  first.workers.dispatchEvent(new Event('controllerchange'));
  const refusal = { controller: null, register: () => Promise.reject(new Error('no')) };
  const refused = Object.assign(new EventTarget(), refusal);
  await keepOffline(view, autosave, refused as unknown as ServiceWorkerContainer);
  await keepOffline(view, autosave, undefined);
  expect(view.getState().notices).toEqual([]);
});
