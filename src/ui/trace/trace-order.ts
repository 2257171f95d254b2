/** In which order traces are listed, and which are left out. Pure. */
import type { TraceSummary } from '../../session/protocol.ts';

export type TraceOrder = 'worst' | 'newest' | 'failed';
export const ORDERS: readonly { readonly value: TraceOrder; readonly label: string }[] = [
  { value: 'worst', label: 'Slow and failed first' },
  { value: 'newest', label: 'Newest first' },
  { value: 'failed', label: 'Failed only' },
];
/** More rows than this are not read. */
const MOST_ROWS = 200;

export function pickTraces(traces: readonly TraceSummary[], order: TraceOrder): readonly TraceSummary[] {
  const newestFirst = (a: TraceSummary, b: TraceSummary) => b.startMs - a.startMs || b.request - a.request;
  const worstFirst = (a: TraceSummary, b: TraceSummary) =>
    Number(a.ok) - Number(b.ok) || b.durationMs - a.durationMs || newestFirst(a, b);
  const chosen = order === 'failed' ? traces.filter((trace) => !trace.ok) : [...traces];
  return chosen.sort(order === 'worst' ? worstFirst : newestFirst).slice(0, MOST_ROWS);
}
