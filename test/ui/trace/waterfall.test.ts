// The waterfall: rows in calling order, and the critical path of what the answer really waited for.
import { expect, it } from 'vitest';
import type { Span, Trace } from '../../../src/session/protocol.ts';
import { layOutTrace, summaryOf } from '../../../src/ui/trace/waterfall.ts';
import { pickTraces } from '../../../src/ui/trace/trace-order.ts';

const span = (id: number, parent: number | null, startMs: number, endMs: number): Span => ({
  id,
  parent,
  link: null,
  node: `n${id}`,
  unit: null,
  attempt: 1,
  startMs,
  endMs,
  outcome: 'ok',
  notes: [],
});
const traceOf = (...spans: Span[]): Trace => ({ request: 1, operation: 'read', key: 1, spans });
const criticalOf = (trace: Trace) =>
  Object.fromEntries(
    layOutTrace(trace).rows.map((row) => [
      row.span.id,
      row.critical.map(({ fromMs, toMs }) => [fromMs, toMs]),
    ]),
  );

it('rows follow the calls: a call stands under its caller, siblings by their start', () => {
  const { rows, fromMs, toMs } = layOutTrace(
    traceOf(span(1, null, 0, 100), span(3, 1, 60, 90), span(2, 1, 10, 50), span(4, 2, 20, 40)),
  );
  expect(rows.map((row) => [row.span.id, row.depth])).toEqual([
    [1, 0],
    [2, 1],
    [4, 2],
    [3, 1],
  ]);
  expect([fromMs, toMs]).toEqual([0, 100]);
});

it('two calls in a row are both on the critical path, with the caller in between', () => {
  const critical = criticalOf(traceOf(span(1, null, 0, 100), span(2, 1, 10, 50), span(3, 1, 60, 90)));
  expect(critical[1]).toEqual([
    [90, 100],
    [50, 60],
    [0, 10],
  ]);
  expect(critical[2]).toEqual([[10, 50]]);
  expect(critical[3]).toEqual([[60, 90]]);
});

it('of two calls at the same time the later answer is waited for', () => {
  const critical = criticalOf(traceOf(span(1, null, 0, 100), span(2, 1, 10, 50), span(3, 1, 10, 95)));
  expect(critical[3]).toEqual([[10, 95]]);
  expect(critical[2]).toEqual([]);
});

it('a call that outlived its caller was not waited for', () => {
  const trace = traceOf(span(1, null, 0, 100), span(2, 1, 10, 3_000));
  expect(criticalOf(trace)[2]).toEqual([]);
  expect(criticalOf(trace)[1]).toEqual([[0, 100]]);
  expect(layOutTrace(trace).rows[1].isOutliving).toBe(true);
});

it('a running call ends with the last thing known', () => {
  const { rows, toMs } = layOutTrace(traceOf(span(1, null, 0, NaN), span(2, 1, 10, 70)));
  expect(toMs).toBe(70);
  expect(rows[0]).toMatchObject({ isOpen: true, endMs: 70 });
});

it('a running call reaches until now, one that ended does not', () => {
  const { rows, toMs } = layOutTrace(traceOf(span(1, null, 0, NaN), span(2, 1, 10, 70)), 95);
  expect(toMs).toBe(95);
  expect(rows.map((row) => row.endMs)).toEqual([95, 70]);
  expect(layOutTrace(traceOf(span(1, null, 0, 60)), 95).toMs).toBe(60);
});

it('the last attempt decides how a request ended; work that outlived it does not count', () => {
  const first = { ...span(1, null, 0, 100), outcome: 'timed out' };
  const trace = traceOf(first, span(2, null, 120, 180), span(3, 1, 10, 3_000));
  expect(summaryOf(trace, 5_000)).toEqual({ outcome: 'ok', durationMs: 180 });
  expect(summaryOf(traceOf(first, span(2, null, 120, NaN)), 500).outcome).toBe('still running');
});

it('an empty trace has no rows', () => {
  expect(layOutTrace(traceOf())).toEqual({ rows: [], fromMs: 0, toMs: 0 });
});

it('the list shows failed and slow ones first, newest first, or failed only', () => {
  const summary = (request: number, startMs: number, durationMs: number, ok: boolean) =>
    ({ request, startMs, durationMs, ok, outcome: '', operation: 'read', client: 'c' }) as const;
  const all = [
    summary(1, 10, 5, true),
    summary(2, 20, 900, true),
    summary(3, 30, 50, false),
    summary(4, 40, 6, true),
  ];
  const order = (by: Parameters<typeof pickTraces>[1]) => pickTraces(all, by).map((trace) => trace.request);
  expect(order('worst')).toEqual([3, 2, 4, 1]);
  expect(order('newest')).toEqual([4, 3, 2, 1]);
  expect(order('failed')).toEqual([3]);
});
