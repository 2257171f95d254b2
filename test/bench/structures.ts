/** The hot structures of the engine, each alone: ns of CPU time per operation, with its target beside it. */
import { Agenda, ARRIVAL } from '../../src/engine/agenda/agenda.ts';
import { Histogram } from '../../src/engine/records/histogram.ts';
import { LruStore } from '../../src/engine/stores/lru.ts';
import { createKeySource } from '../../src/engine/chance/popularity.ts';
import { createStream } from '../../src/engine/chance/random.ts';
import { ResultWindow } from '../../src/engine/link/window.ts';
import { drawExponential, drawNormal } from '../../src/engine/chance/ziggurat.ts';

const OPERATIONS = 2_000_000;
const ROUNDS = 5;

/** CPU seconds that `run` takes. */
export function cpuSeconds(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** Does `run` once to warm up and then ROUNDS times; prints the median. */
function tell(structure: string, target: number, run: (operations: number) => void): void {
  run(OPERATIONS);
  const seconds = Array.from({ length: ROUNDS }, () => cpuSeconds(() => run(OPERATIONS)));
  const ns = (median(seconds) * 1e9) / OPERATIONS;
  console.log(JSON.stringify({ structure, ns: Number(ns.toFixed(1)), target }));
}

export function structures(): void {
  const stream = createStream(1, 'bench', 'structures');
  for (const [pending, target] of [
    [50, 40],
    [1_000, 45],
    [10_000, 60],
    [100_000, 200],
    [1_000_000, 400],
  ]) {
    const agenda = new Agenda();
    agenda.limit = Infinity;
    for (let i = 0; i < pending; i++) agenda.at(Math.floor(stream.uniform() * 1e7), ARRIVAL, 0, i);
    tell(`agenda, hold at ${pending} pending`, target, (operations) => {
      for (let i = 0; i < operations; i++) {
        agenda.next();
        agenda.due = agenda.time + Math.floor(stream.uniform() * 1e7);
        agenda.push(ARRIVAL, 0, agenda.who);
      }
    });
  }
  const histogram = new Histogram();
  tell('histogram, record', 8, (n) => {
    for (let i = 0; i < n; i++) histogram.record((i & 1023) * 0.37);
  });
  let sum = 0;
  tell('draw, uniform', 6, (n) => {
    for (let i = 0; i < n; i++) sum += stream.uniform();
  });
  const drawn = new Float64Array(1);
  tell('draw, exponential', 8, (n) => {
    for (let i = 0; i < n; i++) {
      drawExponential(stream, drawn);
      sum += drawn[0];
    }
  });
  tell('draw, normal', 8, (n) => {
    for (let i = 0; i < n; i++) {
      drawNormal(stream, drawn);
      sum += drawn[0];
    }
  });
  const zipf = createKeySource({ popularity: 'zipf', keys: 100_000, exponent: 0.99 });
  tell('draw, Zipf over 100,000 keys', 25, (n) => {
    for (let i = 0; i < n; i++) sum += zipf.draw(stream);
  });
  if (sum < 0) throw new Error('draws are not negative');
  cache();
}

function cache(): void {
  const keys = createStream(2, 'bench', 'keys');
  const store = new LruStore(10_000);
  tell('LRU of 10,000: get, and set on a miss, of 20,000 keys', 80, (n) => {
    for (let i = 0; i < n; i++) {
      const key = keys.below(20_000);
      if (store.find(key, 0) < 0) store.put(key, 1, 0, Infinity);
    }
  });
  const window = new ResultWindow('count', 100);
  tell('breaker, record a result', 20, (n) => {
    for (let i = 0; i < n; i++) window.push((i & 1) === 1, false);
  });
}
