/**
 * Which stretch of simulated time the timeline shows: follows the clock, or stays where people moved it. Pure; it
 * must not know charts or React.
 */
export interface TimeWindow {
  readonly spanMs: number;
  /** Simulated time of the right edge; null = follows the clock. */
  readonly endMs: number | null;
}

export const INITIAL_WINDOW: TimeWindow = { spanMs: 90_000, endMs: null };
const LEAST_SPAN_MS = 1_000;
/** As long as the history reaches back. */
const MOST_SPAN_MS = 3_600_000;
/** While it follows, the clock stands at this share of the width: what comes next has room. */
const NOW_AT = 0.9;

/** First and last instant shown. */
export function domainOf({ spanMs, endMs }: TimeWindow, nowMs: number): readonly [number, number] {
  const from = endMs === null ? Math.max(0, nowMs - spanMs * NOW_AT) : endMs - spanMs;
  return [from, from + spanMs];
}

/** Shows more (factor > 1) or less time; the instant `aroundMs` keeps its place unless the clock is followed. */
export function zoomTime(window: TimeWindow, nowMs: number, factor: number, aroundMs: number): TimeWindow {
  const spanMs = Math.min(MOST_SPAN_MS, Math.max(LEAST_SPAN_MS, window.spanMs * factor));
  if (window.endMs === null) return { spanMs, endMs: null };
  const [from] = domainOf(window, nowMs);
  const share = (aroundMs - from) / window.spanMs;
  return placed(aroundMs - share * spanMs, spanMs, nowMs);
}

/** Moves the window along the axis and stops following. */
export function panTime(window: TimeWindow, nowMs: number, byMs: number): TimeWindow {
  return placed(domainOf(window, nowMs)[0] + byMs, window.spanMs, nowMs);
}

/** Shows exactly a stretch that was brushed. */
export function showStretch(aMs: number, bMs: number, nowMs: number): TimeWindow {
  const from = Math.max(0, Math.min(aMs, bMs));
  return placed(from, Math.max(LEAST_SPAN_MS, Math.abs(bMs - aMs)), nowMs);
}

function placed(fromMs: number, spanMs: number, nowMs: number): TimeWindow {
  // Not before the start, and not so far ahead that nothing is left to see.
  const from = Math.max(0, Math.min(fromMs, Math.max(0, nowMs - spanMs * 0.1)));
  return { spanMs, endMs: from + spanMs };
}

/** Distances of ticks people can count in, in ms. */
const TICKS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 10e3, 15e3, 30e3, 60e3, 120e3, 300e3, 600e3, 900e3,
  1_800e3, 3_600e3,
];

/** Instants to mark on the axis, at least `leastPx` apart. */
export function timeTicks(domain: readonly [number, number], widthPx: number, leastPx: number): number[] {
  const [from, to] = domain;
  const least = ((to - from) / Math.max(1, widthPx)) * leastPx;
  const step = TICKS.find((each) => each >= least) ?? TICKS[TICKS.length - 1];
  const ticks = [];
  for (let n = Math.ceil(from / step); n * step <= to; n++) ticks.push(n * step);
  return ticks;
}

/** "10s", "1:30", "0.5s". */
export function tickLabel(ms: number): string {
  if (ms < 60_000) return `${Number((ms / 1_000).toFixed(3))}s`;
  const seconds = ms / 1_000;
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
