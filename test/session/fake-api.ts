/**
 * A stand-in for the worker's API: plausible numbers and dots from a formula, nothing simulated. For tests of what
 * is drawn from frames, and for looking at the dock without an engine.
 */
import { transfer } from 'comlink';
import type { Design } from '../../src/model/document.ts';
import { buffersOf } from '../../src/session/buffers.ts';
import type { FrameSink, WorkerApi } from '../../src/session/api.ts';
import {
  BREAKER_STATES,
  DIGEST_EVERY_MS,
  HEAT_BINS,
  HEAT_MIN_MS,
  HEAT_RATIO,
  HOP_FIELDS,
  LINK_FIELDS,
  NODE_FIELDS,
  UNIT_FIELDS,
  WINDOW_FIELDS,
  WINDOW_MS,
  type Frame,
  type Layout,
  type LogEntry,
  type Trace,
} from '../../src/session/protocol.ts';

const FAILURES = [
  { id: 'timeout', label: 'timed out' },
  { id: 'overloaded', label: 'queue full' },
  { id: 'breakerOpen', label: 'breaker open' },
];
const FRAME_MS = 33;
const TROUBLE_MS = 40_000;

export interface FakeApi extends WorkerApi {
  /** Runs on by so many simulated ms and sends a frame, acknowledged or not. */
  advance(simMs: number): void;
  /** Calls in order, for expectations. */
  readonly calls: string[];
  acks: number;
  /** Bytes of the buffers that came back with each acknowledgement. */
  readonly returned: number[][];
}

export function createFakeApi(now = () => performance.now()): FakeApi {
  let design: Design | null = null;
  let layout: Layout | null = null;
  let version = 0;
  let listener: FrameSink | null = null;
  let playing = false;
  let speed = 1;
  let stop: number | null = null;
  let simMs = 0;
  let announced = 0;
  let request = 0;
  let logId = 0;
  let real = 0;
  let timer: ReturnType<typeof setInterval> | null = null;

  const adopt = (next: Design): Layout => {
    design = next;
    version++;
    layout = {
      version,
      nodes: next.nodes.map((node) => ({ id: node.id, units: unitsOf(node.kind, node.id) })),
      links: next.links.map((link) => link.id),
      failures: FAILURES,
    };
    return layout;
  };

  const send = (fromMs: number) => {
    if (!design || !layout || !listener) return;
    const windows = closedWindows(fromMs, simMs);
    const hops = hopsOf(design, fromMs, simMs, () => ++request);
    const log = logOf(design, fromMs, simMs, () => ++logId);
    const frame: Frame = {
      layoutVersion: layout.version,
      simMs,
      playing,
      speedAsked: speed,
      speedReached: Math.min(speed, 62),
      events: Math.round(simMs * 40),
      requests: Math.round(simMs * 4),
      sampling: 20,
      nodes: nodeRows(layout, simMs),
      units: unitRows(layout, simMs),
      links: linkRows(layout, simMs),
      hops,
      ...windows,
      log,
      digests: digestsOf(fromMs, simMs),
      drill: null,
      verdicts: [],
    };
    const fresh = announced === layout.version ? null : layout;
    announced = layout.version;
    void listener(transfer(frame, buffersOf(frame)), fresh).then((spent) => {
      api.acks++;
      api.returned.push(spent.map((buffer) => buffer.byteLength));
    });
  };

  const advance = (by: number) => {
    const from = simMs;
    simMs = Math.min(simMs + by, stop !== null && stop > simMs ? stop : Infinity);
    if (simMs === stop) playing = false;
    send(from);
  };

  const tick = () => {
    const passed = now() - real;
    real = now();
    if (playing) advance(passed * Math.min(speed, 62));
  };

  const api: FakeApi = {
    calls: [],
    acks: 0,
    returned: [],
    advance,
    load(next, drill) {
      api.calls.push(drill ? `load ${drill}` : 'load');
      simMs = 0;
      playing = false;
      logId = 0;
      const made = adopt(next);
      send(0);
      return Promise.resolve(made);
    },
    apply(next) {
      api.calls.push('apply');
      return Promise.resolve(adopt(next));
    },
    onFrame(next) {
      listener = next;
    },
    play() {
      api.calls.push('play');
      playing = true;
      real = now();
      timer ??= setInterval(tick, FRAME_MS);
    },
    pause() {
      api.calls.push('pause');
      playing = false;
      if (timer) clearInterval(timer);
      timer = null;
      send(simMs);
    },
    step(size) {
      api.calls.push(`step ${size}`);
      advance(size === 'second' ? 1_000 : size === 'request' ? 12 : 0.4);
    },
    setSpeed(next) {
      api.calls.push(`speed ${next}`);
      speed = next;
    },
    stopAt(next) {
      stop = next;
    },
    inject(order) {
      api.calls.push(`inject ${order.fault}`);
    },
    fetchTrace: (id) => (design ? traceOf(design, id) : null),
    recentTraces: () =>
      Array.from({ length: 40 }, (_, i) => ({
        request: 1_000 + i,
        startMs: Math.max(0, simMs - i * 130),
        durationMs: i % 7 === 0 ? 3_000 : 8 + ((i * 37) % 90),
        outcome: i % 7 === 0 ? 'timed out' : 'ok',
        ok: i % 7 !== 0,
        operation: i % 5 === 0 ? 'write' : 'read',
        client: design?.nodes.find((node) => node.kind === 'client')?.id ?? 'client',
      })),
    inspect: () => null,
  };
  return api;
}

const unitsOf = (kind: string, id: string) =>
  kind === 'service'
    ? [1, 2, 3].map((n) => `${id}-${n}`)
    : kind === 'sharded-database'
      ? ['1', '2', '3', '4']
      : [id];

const load = (ms: number) =>
  2.6 + Math.min(2.4, Math.max(0, (ms / 1000 - 14) * 0.12)) + 0.06 * Math.sin(ms / 480);
const health = (ms: number) => {
  const s = (ms % 90_000) / 1_000;
  return s < 40
    ? 0.995
    : s < 47
      ? 1 - (s - 40) * 0.085
      : s < 75
        ? 0.42 + Math.min(0.4, (s - 47) * 0.02)
        : 0.99;
};

function closedWindows(fromMs: number, toMs: number) {
  const first = Math.floor(fromMs / WINDOW_MS);
  const last = Math.floor(toMs / WINDOW_MS);
  const count = Math.max(0, last - first);
  const windows = new Float64Array(count * WINDOW_FIELDS.length);
  const windowFailures = new Uint32Array(count * FAILURES.length);
  const windowHeat = new Uint32Array(count * HEAT_BINS);
  for (let i = 0; i < count; i++) {
    const startMs = (first + i) * WINDOW_MS;
    const offered = Math.round(load(startMs) * WINDOW_MS);
    const good = Math.round(offered * health(startMs));
    const failed = offered - good;
    const p50 = 9 / health(startMs) ** 4;
    const row = [startMs, WINDOW_MS, offered, good, failed, failed * 0.7, p50, p50 * 2.6, p50 * 5.1];
    windows.set(row, i * WINDOW_FIELDS.length);
    windowFailures.set([failed * 0.6, failed * 0.1, failed * 0.3], i * FAILURES.length);
    for (let bin = 0; bin < HEAT_BINS; bin++) {
      const middle = HEAT_MIN_MS * HEAT_RATIO ** (bin + 0.5);
      windowHeat[i * HEAT_BINS + bin] = good * 0.4 * Math.exp(-((Math.log(middle / p50) / 0.9) ** 2));
    }
  }
  return { windows, windowFailures, windowHeat };
}

function hopsOf(design: Design, fromMs: number, toMs: number, nextRequest: () => number): Float64Array {
  const rows: number[] = [];
  const span = Math.min(toMs - fromMs, 200);
  const step = 12;
  for (let at = Math.ceil((toMs - span) / step) * step; at < toMs; at += step) {
    const request = nextRequest();
    design.links.forEach((_link, index) => {
      const dice = (request * 7919 + index * 104729) % 100;
      if (dice > 70) return;
      const look =
        dice < 40 ? 0 : dice < 50 ? 1 : dice < 58 ? 2 : dice < 61 ? 3 : dice < 65 ? 4 : dice < 68 ? 5 : 6;
      const depart = at + index * 3;
      rows.push(
        index,
        request,
        depart,
        depart + 0.5,
        0,
        look,
        index,
        request,
        depart + 9,
        depart + 9.5,
        1,
        look,
      );
    });
  }
  return Float64Array.from(rows.slice(0, 400 * HOP_FIELDS.length));
}

function logOf(design: Design, fromMs: number, toMs: number, nextId: () => number): LogEntry[] {
  const link = design.links.at(-1)?.id ?? null;
  const node = design.nodes.find((each) => each.kind === 'service')?.id ?? null;
  const script: Omit<LogEntry, 'id'>[] = [
    { atMs: TROUBLE_MS, severity: 'bad', topic: 'life', text: 'api-1 went down: crashed.', subject: node },
    {
      atMs: 51_400,
      severity: 'bad',
      topic: 'breaker',
      text: 'Breaker opened: 14 of the last 20 calls failed (limit 50 %).',
      subject: link,
    },
    {
      atMs: 56_400,
      severity: 'warning',
      topic: 'breaker',
      text: 'Breaker half-open: 5 trial calls.',
      subject: link,
    },
    {
      atMs: 58_000,
      severity: 'bad',
      topic: 'breaker',
      text: 'Breaker opened again: a trial call failed.',
      subject: link,
    },
    { atMs: 62_000, severity: 'good', topic: 'life', text: 'api-1 is up.', subject: node },
    {
      atMs: 75_000,
      severity: 'good',
      topic: 'breaker',
      text: 'Breaker closed: 5 trial calls succeeded.',
      subject: link,
    },
  ];
  return script
    .filter((entry) => entry.atMs > fromMs && entry.atMs <= toMs)
    .map((entry) => ({ ...entry, id: nextId() }));
}

function digestsOf(fromMs: number, toMs: number) {
  const marks = [];
  for (let n = Math.floor(fromMs / DIGEST_EVERY_MS) + 1; n * DIGEST_EVERY_MS <= toMs; n++) {
    const hex = ((n * 2654435761) >>> 0).toString(16).padStart(8, '0');
    marks.push({ atMs: n * DIGEST_EVERY_MS, digest: hex + hex });
  }
  return marks;
}

function nodeRows(layout: Layout, ms: number): Float32Array {
  const row = [load(ms) * 1000, load(ms) * 1000 * health(ms), 1 - health(ms), 12, 9, 31, 60];
  return Float32Array.from(
    layout.nodes.flatMap(() => [...row, 1.2 - health(ms) * 0.8, 12, 30, 0.6, 2, 3, 4]),
  ).slice(0, layout.nodes.length * NODE_FIELDS.length);
}

function unitRows(layout: Layout, ms: number): Float32Array {
  const isDown = ms % 90_000 > TROUBLE_MS && ms % 90_000 < 62_000;
  return Float32Array.from(
    layout.nodes.flatMap((node) =>
      node.units.flatMap((unit) => [isDown && unit.endsWith('-1') ? 4 : 1, 0.5, 2, 500]),
    ),
  ).slice(0, UNIT_FIELDS.length * layout.nodes.reduce((sum, node) => sum + node.units.length, 0));
}

function linkRows(layout: Layout, ms: number): Float32Array {
  const state =
    ms < 51_400
      ? 'closed'
      : ms < 56_400
        ? 'open'
        : ms < 58_000
          ? 'halfOpen'
          : ms < 75_000
            ? 'open'
            : 'closed';
  const last = layout.links.length - 1;
  return Float32Array.from(
    layout.links.flatMap((_id, index) => [
      2000,
      0.1,
      12,
      4,
      0.1,
      index === last ? BREAKER_STATES.indexOf(state) : -1,
      0,
    ]),
  ).slice(0, layout.links.length * LINK_FIELDS.length);
}

function traceOf(design: Design, request: number): Trace {
  const nodes = design.nodes.slice(0, 5);
  const spans = nodes.map((node, index) => ({
    id: index,
    parent: index === 0 ? null : index - 1,
    link: index === 0 ? null : (design.links[index - 1]?.id ?? null),
    node: node.id,
    unit: index === 3 ? `${node.id}-2` : null,
    attempt: 1,
    startMs: 1_000 + index * 3,
    endMs: index === 4 ? NaN : 1_080 - index * 4,
    outcome: 'ok',
    notes: index === 3 ? [{ atMs: 1_021, text: 'waited 12 ms in the queue' }] : [],
  }));
  const retry = {
    ...spans[spans.length - 1],
    id: 9,
    parent: 1,
    notes: [],
    attempt: 2,
    startMs: 1_055,
    endMs: 1_068,
    outcome: 'timed out',
  };
  return { request, operation: 'read', key: 17, spans: [...spans, retry] };
}
