/**
 * The playback speeds people can choose, slow to fast, and their names. Speed is simulated seconds per real
 * second; it never changes what happens in a run, only how fast it is shown.
 */
export const SPEEDS = [1 / 1000, 1 / 100, 1 / 10, 1 / 4, 1 / 2, 1, 2, 5, 10, 100, Infinity] as const;
export const NORMAL_SPEED = 1;

/** Stop of the slider nearest to a speed, on a logarithmic scale. */
export function speedStop(speed: number): number {
  if (speed === Infinity) return SPEEDS.length - 1;
  let best = 0;
  for (let stop = 1; stop < SPEEDS.length - 1; stop++) {
    if (distance(speed, SPEEDS[stop]) < distance(speed, SPEEDS[best])) best = stop;
  }
  return best;
}

const distance = (a: number, b: number) => Math.abs(Math.log(a / b));

/** The next speed in a direction; stays at the ends. */
export function neighbourSpeed(speed: number, direction: 1 | -1): number {
  const stop = speedStop(speed) + direction;
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, stop))];
}

/** "1/1000×", "1×", "max". */
export function speedLabel(speed: number): string {
  if (speed === Infinity) return 'max';
  return speed < 1 ? `1/${Math.round(1 / speed)}×` : `${Number(speed.toFixed(1))}×`;
}

/** Said when the simulation cannot keep up: "asked 10×, reaching 6.2×"; null while it can. */
export function shortfall(asked: number, reached: number): string | null {
  if (asked === Infinity || !(reached > 0) || reached >= asked * 0.9) return null;
  return `asked ${speedLabel(asked)}, reaching ${reachedLabel(reached)}`;
}

/** A measured speed: "6.2×", "63×", "0.04×". */
export function reachedLabel(reached: number): string {
  if (!Number.isFinite(reached)) return '–';
  if (reached >= 10) return `${Math.round(reached)}×`;
  return `${reached >= 0.1 ? reached.toFixed(1) : reached.toPrecision(1)}×`;
}

/** Decimals of the clock worth showing at a speed: digits that change too fast to read are left out. */
export function clockDecimals(speed: number): number {
  if (speed >= 0.5) return 1;
  return Math.min(6, Math.max(2, Math.round(-Math.log10(speed)) + 1));
}
