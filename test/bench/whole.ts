/** The engine as a whole beside its clock speed: memory of calls, assembly, allocation, and what policies cost. */
import { Calls, NONE } from '../../src/engine/calls.ts';
import { toNs } from '../../src/engine/time.ts';
import type { Design } from '../../src/model/document.ts';
import { assemble } from '../../src/session/assemble.ts';
import { WINDOW_MS } from '../../src/session/protocol.ts';
import { modelB } from './models.ts';
import { cpuSeconds, median } from './structures.ts';

const ROUNDS = 5;
const print = (figures: object) => console.log(JSON.stringify(figures));
const rounded = (value: number, digits = 2) => Number(value.toFixed(digits));

/** A million calls in flight. */
export function memory(): void {
  const before = process.memoryUsage();
  const calls = new Calls();
  for (let i = 0; i < 1_000_000; i++) if (calls.take(0, NONE, 0, 1, 0) === NONE) throw new Error('no room');
  const after = process.memoryUsage();
  const mb = (after.arrayBuffers - before.arrayBuffers + after.heapUsed - before.heapUsed) / 1e6;
  print({ bench: 'a million calls in flight', mb: rounded(mb, 1), target: 120, live: calls.live });
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

/** Bytes of garbage per event, from the growth of the heap while nothing is collected. Needs `--expose-gc` to be exact. */
export function allocation(): void {
  const { system } = assemble(modelB(1), 1e9);
  system.run(toNs(20_000), Infinity);
  globalThis.gc?.();
  const events = system.events;
  const before = process.memoryUsage().heapUsed;
  system.run(toNs(20_500), Infinity);
  const bytes = (process.memoryUsage().heapUsed - before) / (system.events - events);
  print({ bench: 'allocation in steady state', bytes_per_event: rounded(bytes), target: 1 });
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
