// Intervals over replications: the quantiles against printed tables, the coverage against theory.
import { describe, expect, it } from 'vitest';
import { replicate } from '../../src/cli/replication.ts';
import { intervalOf, studentT975 } from '../../src/cli/statistics.ts';
import { jobOf, singleServer } from './designs.ts';

describe("the 0.975-quantile of Student's t", () => {
  it.each([
    [1, 12.706205],
    [2, 4.302653],
    [3, 3.182446],
    [4, 2.776445],
    [5, 2.570582],
    [9, 2.262157],
    [10, 2.228139],
    [19, 2.093024],
    [30, 2.042272],
    [100, 1.983972],
    [1000, 1.962339],
  ])('with %i degrees of freedom is %f', (freedom, t) => {
    expect(studentT975(freedom)).toBe(t);
  });

  it('falls towards the 1.96 of the normal distribution', () => {
    expect(studentT975(9_999)).toBeCloseTo(1.960201, 5);
  });
});

describe('an interval', () => {
  it('of 1, 2, 3, 4 is 2.5 ± 3.182 √(5/3) / 2', () => {
    const { mean, ci95, n } = intervalOf([1, 2, 3, 4]);
    expect(mean).toBe(2.5);
    expect(ci95).toBeCloseTo((3.182446 * Math.sqrt(5 / 3)) / 2, 10);
    expect(n).toBe(4);
  });

  it('leaves out seeds without a value, and has no width for one seed and no mean for none', () => {
    expect(intervalOf([1, null, 3])).toMatchObject({ mean: 2, n: 2 });
    expect(intervalOf([null, 5])).toEqual({ mean: 5, ci95: null, n: 1 });
    expect(intervalOf([null])).toEqual({ mean: null, ci95: null, n: 0 });
  });

  // M/M/1 at half load: the mean time in the system is 1 / (1000 − 500) s = 2 ms. If an interval covers it with
  // probability 0.95, of 100 independent ones 95 ± 2.2 do; 87 to 99 holds for 99 of 100 choices of seeds.
  it('of five short runs covers the mean of M/M/1 in 87 to 99 of 100 sweeps', () => {
    const job = jobOf(singleServer(500, 1), 1_200, 200);
    let covered = 0;
    for (let sweep = 0; sweep < 100; sweep++) {
      const means = [0, 1, 2, 3, 4].map((i) => replicate(job, 5 * sweep + i).measurements[0].metrics.meanMs);
      const { mean, ci95 } = intervalOf(means);
      if (Math.abs(mean! - 2) <= ci95!) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(87);
    expect(covered).toBeLessThanOrEqual(99);
  }, 60_000);

  // Poisson arrivals: 10 runs of 2 s at 500 per second have a mean of 500 ± √(500 / 20) = 5; four of those are 20. Calls
  // under way at the end of the warm-up, four thousand on average, must not count.
  it('of the rate is not moved by what the warm-up left behind', () => {
    const design = singleServer(500, 0);
    const [link] = design.links;
    const far = { ...design, links: [{ ...link, params: { ...link.params, latencyMs: 4_000 } }] };
    const job = jobOf(far, 12_000, 10_000);
    const rates = Array.from({ length: 10 }, (_, i) => replicate(job, i).measurements[0].metrics.inRps);
    expect(Math.abs(intervalOf(rates).mean! - 500)).toBeLessThan(20);
  });
});
