// One exponential server of a millisecond behind arrivals that are not Poisson: evenly spaced, in batches, in bursts, and as
// recorded.
import { describe, expect, it } from 'vitest';
import { createStream } from '../../src/engine/chance/random.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { askedAt, constant } from '../kinds/asked.ts';
import { DIRECT, sketch } from '../kinds/sketch.ts';
import { timeEvenlySpaced, timeInBatches, timeInBursts } from './formulas.ts';
import { expectRejected, expectTheory, LONGER, observe, replicate } from './replications.ts';

const READS = { readShare: 1, keys: 1, popularity: 'uniform' };
const ONE = { instances: 1, workers: 1, serviceMs: 1, queueLimit: 1_000_000, distribution: 'exponential' };

function meanTime(what: string, client: ParamOverrides, forMs: number, service: ParamOverrides = {}) {
  return replicate(what, (seed) => {
    const nodes = { c: ['client', { ...READS, ...client }], s: ['service', { ...ONE, ...service }] } as const;
    const seen = observe(sketch(nodes, { 'c > s': DIRECT }, { seed }), forMs / 10, forMs);
    return { mean: seen.running.stations.get('c')!.meter.latency().mean };
  }).mean;
}

describe('arrivals that are not Poisson', () => {
  it('evenly spaced, at 80 %: D/M/1', () => {
    const found = meanTime('D/M/1', { load: 'constant', rateRps: 800 }, 40_000);
    expect(timeEvenlySpaced(0.5)).toBeCloseTo(1.25501, 4); // σ = 0.20319
    expectTheory('D/M/1', found, timeEvenlySpaced(0.8), { slower: LONGER * timeEvenlySpaced(LONGER * 0.8) });
  });

  it('five at a time, at 60 %: (1 + 5) / 2 (1 − ρ)', () => {
    const found = meanTime('batches', { rateRps: 600, batch: 5 }, 100_000);
    expectTheory('M[5]/M/1', found, timeInBatches(5, 0.6), {
      slower: LONGER * timeInBatches(5, LONGER * 0.6),
    });
  });

  it('in bursts that overload it: MMPP(2)/M/1; far longer than Poisson arrivals of the same rate', () => {
    const bursts = { load: 'bursts', rateRps: 300, peakRps: 1_500, calmMs: 40, burstMs: 10 };
    expect(timeInBursts(0.5, 0.5, 40, 10)).toBeCloseTo(2, 9);
    const theory = (longer: number) =>
      longer * timeInBursts(0.3 * longer, 1.5 * longer, 40 / longer, 10 / longer);
    const found = meanTime('bursts', bursts, 150_000);
    expectTheory('MMPP/M/1', found, theory(1), { slower: theory(LONGER) });
    expectRejected('Poisson at that rate', found, 1 / (1 - 0.54));
  });

  it('as recorded: each waits for what the one before it left of its time (Lindley 1952)', () => {
    const stream = createStream(1, 'lindley', 'times');
    const times: number[] = [1];
    while (times.length < 2_000) times.push(times.at(-1)! + 1.2 * -Math.log(1 - stream.uniform()));
    const responses: number[] = [];
    let wait = 0;
    for (let i = 0; i < times.length; i++) {
      if (i > 0) wait = Math.max(0, wait + 1 - (times[i] - times[i - 1]));
      responses.push(wait + 1);
    }
    const design = sketch({ c: askedAt(times), s: constant(1, { workers: 1 }) }, { 'c > s': DIRECT });
    const latency = observe(design, 0, 4_000).running.stations.get('c')!.meter.latency();
    expect(latency.n).toBe(2_000);
    // Times are whole nanoseconds.
    expect(latency.mean).toBeCloseTo(responses.reduce((a, b) => a + b) / 2_000, 5);
    expect(latency.max).toBeCloseTo(Math.max(...responses), 4);
  });
});
