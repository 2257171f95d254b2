/** What an axis of times spans, in few letters. */
import { formatCount, formatDurationShort } from '../format.ts';

/** "11–740 ms", "2.6 ms – 1.9 s"; from 1 µs on. */
export function formatTimeSpan(fromMs: number, toMs: number): string {
  const [from, to] = [fromMs, toMs].map((ms) =>
    ms >= 99.5 && ms < 995 ? `${formatCount(ms)}\u00a0ms` : formatDurationShort(ms),
  );
  const unit = to.slice(to.indexOf('\u00a0'));
  return from.endsWith(unit) ? `${from.slice(0, -unit.length)}–${to}` : `${from} – ${to}`;
}
