/** The engine as a whole beside its clock speed: memory of calls, assembly, allocation, and what policies cost. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { FLAGS, NONE, PERMITTED, READ, SENT, UNIT } from '../../src/engine/calls/calls.ts';
import { Core } from '../../src/engine/core.ts';
import { Gate } from '../../src/engine/link/gate.ts';
import { OK } from '../../src/engine/calls/outcomes.ts';
import { toNs } from '../../src/engine/time.ts';
import { linkSettings } from '../../src/kinds/linksettings.ts';
import type { Design } from '../../src/model/document.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { assemble } from '../../src/session/assemble.ts';
import { WINDOW_MS } from '../../src/session/protocol.ts';
import { modelA, modelB } from './models.ts';
import { cpuSeconds, median } from './structures.ts';

const ROUNDS = 5;
const WARM_SECONDS = 20;
const MEASURED_SECONDS = 41;
const print = (figures: object) => console.log(JSON.stringify(figures));
const rounded = (value: number, digits = 2) => Number(value.toFixed(digits));

/** Bytes in use, on the heap and in typed arrays, after everything that can be collected was. */
function bytesInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Clients whose requests are all still on the wire: what the whole system holds, and how much of that the rows of calls. */
export function memory(): void {
  const plain = modelA();
  const design: Design = {
    ...plain,
    nodes: plain.nodes.map((node) =>
      node.kind === 'client' ? { ...node, params: { ...node.params, rateRps: 100_000 } } : node,
    ),
    links: plain.links.map((link) => ({ ...link, params: { ...link.params, latencyMs: 30_000 } })),
  };
  const before = bytesInUse();
  const { system } = assemble(design, WINDOW_MS);
  let ms = 0;
  while (system.core.calls.live < 1_000_000) {
    system.run(toNs((ms += 10)), Infinity);
    system.takeWindows();
  }
  const mb = (bytesInUse() - before) / 1e6;
  const { live, rows } = system.core.calls;
  print({
    bench: 'a million calls in flight',
    mb: rounded(mb, 1),
    rows_mb: rounded(rows.byteLength / 1e6, 1),
    target: 120,
    live,
  });
}

/** 1,000 components: clients, balancers, services and databases in rows of five. */
function largeDesign(): Design {
  const { nodes, links, ...rest } = modelB(1);
  const rows = Array.from({ length: 200 }, (_, i) => i);
  return {
    ...rest,
    nodes: rows.flatMap((i) => nodes.map((node) => ({ ...node, id: `${node.id}-${i}` }))),
    links: rows.flatMap((i) =>
      links.map((link) => ({
        ...link,
        id: `${link.id}-${i}`,
        from: `${link.from}-${i}`,
        to: `${link.to}-${i}`,
      })),
    ),
  };
}

export function assembly(): void {
  const design = largeDesign();
  const ms: number[] = [];
  const first = 1_000 * cpuSeconds(() => void assemble(design, WINDOW_MS));
  for (let i = 0; i < ROUNDS; i++) ms.push(1_000 * cpuSeconds(() => void assemble(design, WINDOW_MS)));
  print({
    bench: '1,000 nodes assembled',
    ms: rounded(median(ms), 1),
    first_ms: rounded(first, 1),
    target: 100,
  });
}

/**
 * Bytes allocated per event, second by second of simulated time. A second in which the collector ran shows too little,
 * even less than nothing; the median does not see it as long as they are few, and how many were is told.
 */
export function allocation(): void {
  const { system } = assemble(modelB(1), WINDOW_MS);
  const second = (from: number) => {
    const { events } = system;
    const before = process.memoryUsage();
    system.run(toNs((from + 1) * 1_000), Infinity);
    system.takeWindows();
    const after = process.memoryUsage();
    const bytes = after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers;
    return bytes / (system.events - events);
  };
  for (let i = 0; i < WARM_SECONDS; i++) second(i);
  bytesInUse();
  const seconds = Array.from({ length: MEASURED_SECONDS }, (_, i) => second(WARM_SECONDS + i));
  print({
    bench: 'allocation in steady state',
    bytes_per_event: rounded(median(seconds)),
    most: rounded(Math.max(...seconds)),
    seconds_with_a_collection: seconds.filter((bytes) => bytes < 0).length,
    of: MEASURED_SECONDS,
    target: 1,
  });
}

/** A call that is asked about and ends well, through the gate of a link alone; the least of many millions, ns. */
function throughGate(params: ParamOverrides): number {
  const core = new Core(1);
  const [caller, callee] = ['a', 'b'].map((label) => ({ label, unitName: () => label }));
  const gate = new Gate(core, { id: 'l', caller, callee });
  gate.configure(linkSettings(params));
  const { rows, times } = core.calls;
  const calls = Array.from({ length: 8 }, (_, i) => core.calls.take(0, NONE, READ, 1, i & 3));
  for (const c of calls) rows[c + UNIT] = times[(c >> 1) + SENT] = 0;
  let least = Infinity;
  for (let round = 0; round < 5 * ROUNDS; round++) {
    const seconds = cpuSeconds(() => {
      for (let i = 0; i < 1_000_000; i++) {
        const c = calls[i & 7];
        if (gate.isSet) gate.ask(c);
        if (gate.wasSet) gate.left(c, OK);
        rows[c + FLAGS] &= ~PERMITTED;
      }
    });
    least = Math.min(least, seconds * 1_000);
  }
  return least;
}

/**
 * What a breaker on every link of model B costs for each call, against none. Interleaved; the least time of each, because
 * what else a machine does only ever adds to it.
 */
export function breakers(): void {
  const plain = modelB(1);
  const guard = (more: ParamOverrides): Design => ({
    ...plain,
    links: plain.links.map((link) => ({ ...link, params: { ...link.params, breaker: 'on', ...more } })),
  });
  const designs: Readonly<Record<string, Design>> = {
    none: plain,
    count: guard({}),
    time: guard({ breakerWindow: 'time' }),
    pair: guard({ breakerScope: 'pair' }),
  };
  const least: Record<string, number> = {};
  let calls = 0;
  for (let round = 0; round <= 3 * ROUNDS; round++) {
    for (const [name, design] of Object.entries(designs)) {
      const { system } = assemble(design, WINDOW_MS);
      const seconds = cpuSeconds(() => void system.run(toNs(40_000), Infinity));
      calls = system.links.reduce((sum, link) => sum + link.meter.arrived, 0);
      if (round > 0) least[name] = Math.min(least[name] ?? Infinity, seconds);
    }
  }
  const cost = (name: string) => rounded(((least[name] - least.none) * 1e9) / calls, 1);
  print({
    bench: 'a breaker, for each call',
    alone_ns: rounded(throughGate({ breaker: 'on' }) - throughGate({}), 1),
    ns: cost('count'),
    by_time_ns: cost('time'),
    for_each_pair_ns: cost('pair'),
    target: 20,
    without_ns: rounded((least.none * 1e9) / calls, 0),
    calls,
  });
}

/** Timeouts, retries and a breaker on every link of model B, against the same without: interleaved, median of ratios. */
export function policies(): void {
  const plain = modelB(1);
  const guarded = {
    ...plain,
    links: plain.links.map((link) => ({
      ...link,
      params: { ...link.params, attemptTimeoutMs: 1_000, totalTimeoutMs: 5_000, attempts: 3, breaker: 'on' },
    })),
  };
  const time = (design: Design) => {
    const { system } = assemble(design, WINDOW_MS);
    return cpuSeconds(() => void system.run(toNs(30_000), Infinity));
  };
  time(plain);
  time(guarded);
  const ratios = Array.from({ length: ROUNDS }, () => {
    const without = time(plain);
    return time(guarded) / without;
  });
  print({ bench: 'policies on every link ÷ none', ratio: rounded(median(ratios)), target: 1.5 });
}
