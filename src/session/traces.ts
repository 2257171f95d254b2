/** Sampled requests as trees of spans with what was decided on the way, in words; from the recorder's plain rings. */
import { TRACE_SUMMARIES } from '../engine/limits.ts';
import { DEL, FREE, KEY, PHASE, READ, REQUEST, ROW, SET } from '../engine/calls/calls.ts';
import { OUTCOMES } from '../engine/calls/outcomes.ts';
import { NOTE, SUMMARY } from '../engine/records/recorder.ts';
import { toMs } from '../engine/time.ts';
import type { Running } from './assemble.ts';
import type { Span, Trace, TraceSummary } from './protocol.ts';

type Draft = { -readonly [K in keyof Span]: Span[K] } & { notes: { atMs: number; text: string }[] };

/** How a client came by an address, in the order of the constants of `engine/records/recorder.ts`. */
const RESOLVED_BY = [
  'the client kept this address',
  'its resolver remembers',
  'its resolver asked, and was told',
  'the network leads to',
  'tries the next address',
];

/** Ended sampled requests, newest first. */
export function recentTraces({ system }: Running): TraceSummary[] {
  const { summaries, summaryCount } = system.core.recorder;
  const list: TraceSummary[] = [];
  for (let i = summaryCount - 1; i >= Math.max(0, summaryCount - TRACE_SUMMARIES); i--) {
    const at = (i % TRACE_SUMMARIES) * SUMMARY;
    const [request, startNs, durationNs, outcome, operation, station] = summaries.subarray(at, at + SUMMARY);
    list.push({
      request,
      startMs: toMs(startNs),
      durationMs: toMs(durationNs),
      outcome: OUTCOMES[outcome].label,
      ok: outcome === 0,
      operation: operation === READ ? 'read' : 'write',
      client: system.stations[station].label,
    });
  }
  return list;
}

/** The whole trace of a request that was sampled; null when it, or the beginning of it, is no longer kept. */
export function traceOf(running: Running, request: number): Trace | null {
  const { system } = running;
  const { recorder } = system.core;
  const spans = new Map<number, Draft>();
  let isWhole = true;
  recorder.each(request, (id, code, a, b, atNs) => {
    const atMs = toMs(atNs);
    if (code === NOTE.start) {
      isWhole &&= a < 0 || spans.has(a);
      spans.set(id, newSpan(running, id, a, b, atMs));
      return;
    }
    const span = spans.get(id);
    if (span) add(running, span, code, a, b, atMs);
    else isWhole = false;
  });
  if (spans.size === 0 || !isWhole) return null;
  const summary = summaryOf(running, request);
  return { request, operation: summary.operation, key: summary.key, spans: [...spans.values()] };
}

function newSpan({ system }: Running, id: number, parent: number, link: number, atMs: number): Draft {
  const { id: linkId, callee } = system.links[link];
  return {
    id,
    parent: parent < 0 ? null : parent,
    link: linkId,
    node: callee.id,
    unit: null,
    attempt: 1,
    startMs: atMs,
    endMs: NaN,
    outcome: 'under way',
    notes: [],
  };
}

function add({ system }: Running, span: Draft, code: number, a: number, b: number, atMs: number): void {
  const note = (text: string) => span.notes.push({ atMs, text });
  switch (code) {
    case NOTE.arrived:
      span.unit = system.stations[a].unitName(b);
      return;
    case NOTE.end:
      span.endMs = atMs;
      span.outcome = OUTCOMES[a].label;
      span.attempt = b;
      return;
    case NOTE.queued:
      return void note(`joins the queue, ${a} before it`);
    case NOTE.began:
      return void (a > 0 && note(`waited ${toMs(a).toFixed(2)} ms for a worker`));
    case NOTE.lookup:
      return void note(a ? `hit, version ${b}` : 'miss');
    case NOTE.version:
      return void note(b === READ ? `read version ${a}` : `wrote version ${a}`);
    case NOTE.picked:
      return void note(`chose peer ${a + 1}, ${b} open there`);
    case NOTE.retry:
      return void note(`will be tried again after ${toMs(a).toFixed(1)} ms (attempt ${b})`);
    case NOTE.collapsed:
      return void note('waits for another request that fetches the same key');
    case NOTE.resolved: {
      const { label } = system.links[b].callee;
      return void note(`${RESOLVED_BY[a]}: ${label}`);
    }
    case NOTE.fellBack:
      return void note('falls back on an answer of its own');
    case NOTE.abandoned:
      return void note(a ? 'stopped: its caller had given up' : 'goes on although its caller gave up');
  }
}

function summaryOf({ system }: Running, request: number): { operation: 'read' | 'write'; key: number } {
  const { summaries, summaryCount } = system.core.recorder;
  for (let i = summaryCount - 1; i >= Math.max(0, summaryCount - TRACE_SUMMARIES); i--) {
    const at = (i % TRACE_SUMMARIES) * SUMMARY;
    if (summaries[at] !== request) continue;
    return { operation: summaries[at + 4] === READ ? 'read' : 'write', key: summaries[at + 6] };
  }
  return liveRequest(system.core.calls, request);
}

/** Of a request still under way: what its calls say. */
function liveRequest(
  calls: Running['system']['core']['calls'],
  request: number,
): { operation: 'read' | 'write'; key: number } {
  for (let c = 0; c < calls.end; c += ROW) {
    if (calls.rows[c + PHASE] === FREE || calls.rows[c + REQUEST] !== request) continue;
    const operation = calls.operation(c);
    if (operation !== SET && operation !== DEL) {
      return { operation: operation === READ ? 'read' : 'write', key: calls.rows[c + KEY] };
    }
  }
  return { operation: 'read', key: -1 };
}
