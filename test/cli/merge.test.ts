// Parts of a sweep added up: exactly the whole, whatever the parts; and every way in which they are none.
import { describe, expect, it } from 'vitest';
import { BadInput } from '../../src/cli/bad-input.ts';
import { fingerprintOf } from '../../src/cli/identity.ts';
import { merge } from '../../src/cli/merge.ts';
import type { Shard } from '../../src/cli/shard.ts';
import { parseShard } from '../../src/cli/shard-file.ts';
import { fromSparse } from '../../src/cli/sparse-histogram.ts';
import { summarise } from '../../src/cli/sweep.ts';
import { Histogram } from '../../src/engine/records/histogram.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { expecting, jobOf, shardOf, singleServer } from './designs.ts';

const SEEDS = 7;
const job = jobOf(singleServer(400, 1, [expecting(1)]), 1_000, 200);
const whole = shardOf(job, SEEDS);

const partsOf = (of: number) => Array.from({ length: of }, (_, i) => shardOf(job, SEEDS, i + 1, of));
/** As from files: every shard through its text. */
const mergeTexts = (texts: readonly string[]) =>
  merge(texts.map((text, i) => ({ file: `${i + 1}.json`, shard: parseShard(text, `${i + 1}.json`) })));
const mergeShards = (shards: readonly Shard[]) => mergeTexts(shards.map((shard) => JSON.stringify(shard)));

describe('merging', () => {
  it.each([1, 2, 3, 4, 6, 7])('%i parts gives the whole to the last byte', (of) => {
    const merged = mergeShards(partsOf(of));
    expect(JSON.stringify(summarise(merged))).toBe(JSON.stringify(summarise(whole)));
    expect(JSON.stringify(merged)).toBe(JSON.stringify(whole));
  });

  it('does not care in which order the parts are given', () => {
    expect(JSON.stringify(mergeShards(partsOf(4).reverse()))).toBe(JSON.stringify(whole));
  });

  it('does not care in which order the seeds of a part were ready', () => {
    const backwards = shardOf(job, SEEDS, 1, 1, (indices) => indices.reverse());
    expect(JSON.stringify(backwards)).toBe(JSON.stringify(whole));
  });

  it('gives the histogram of all values of all seeds', () => {
    const merged = mergeShards(partsOf(3));
    const union = new Histogram();
    for (let seed = 7; seed < 7 + SEEDS; seed++) {
      const { running } = runHeadless({ ...job.design, seed }, job);
      union.merge(running.stations.get('n2')!.meter.latency());
    }
    const { sums, ...counts } = merged.subjects.find(({ id }) => id === 'n2')!.latency;
    const sum = sums.reduce((a, b) => a + b);
    expect(fromSparse({ sum, ...counts }).data).toEqual(union.data);
    expect(summarise(merged).nodes[0].latencyMs.p99).toBe(union.quantile(0.99));
    expect(union.n).toBeGreaterThan(SEEDS * 250);
  });

  it('counts how many seeds passed each expectation, and names those that did not', () => {
    const [{ passed, of, failedSeeds, measured }] = summarise(mergeShards(partsOf(2))).expectations;
    const verdicts = Array.from(
      { length: SEEDS },
      (_, i) => runHeadless({ ...job.design, seed: 7 + i }, job).verdicts[0],
    );
    expect(of).toBe(SEEDS);
    expect(passed).toBe(verdicts.filter((v) => v.passed).length);
    expect(failedSeeds).toEqual(verdicts.flatMap((v, i) => (v.passed ? [] : [7 + i])));
    expect(measured.n).toBe(SEEDS);
  });

  it('has the digest of every seed as a run of it alone has', () => {
    const { runs } = mergeShards(partsOf(2));
    expect(runs.map(({ seed }) => seed)).toEqual([7, 8, 9, 10, 11, 12, 13]);
    expect(runs[4].digest).toBe(runHeadless({ ...job.design, seed: 11 }, job).digest);
  });
});

describe('merging refuses in one sentence', () => {
  const [a, b, c] = partsOf(3);
  const refusal = (texts: readonly string[]) => {
    try {
      mergeTexts(texts);
    } catch (problem) {
      expect(problem).toBeInstanceOf(BadInput);
      return (problem as Error).message;
    }
    throw new Error('It was not refused');
  };
  const refused = (...shards: readonly object[]) => refusal(shards.map((shard) => JSON.stringify(shard)));

  it('a missing part, by its number', () => {
    expect(refused(a, c)).toBe('Part 2 of 3 is missing.');
    expect(refused(shardOf(job, SEEDS, 5, 7))).toBe('Parts 1–4, 6–7 of 7 are missing.');
  });

  it('a part that is there twice, with the files', () => {
    expect(refused(a, b, a, c)).toBe('Part 1 of 3 is there twice: 1.json and 3.json.');
  });

  it('parts of another division', () => {
    expect(refused(a, partsOf(2)[1])).toBe(
      '2.json does not belong to 1.json: it is one of 2 parts, not of 3.',
    );
  });

  it.each([
    [
      'another design',
      jobOf(singleServer(300, 1, [expecting(1)]), 1_000, 200),
      'its design is another version of "Single server"',
    ],
    ['another length', { ...job, forMs: 2_000 }, 'it ran 2000 ms, not 1000 ms'],
    ['another warm-up', { ...job, warmupMs: 100 }, 'its warm-up took 100 ms, not 200 ms'],
    ['another drill', { ...job, drill: undefined }, 'its drill was none, not d1'],
  ])('%s', (_, other, difference) => {
    expect(refused(a, shardOf(other, SEEDS, 2, 3))).toBe(`2.json does not belong to 1.json: ${difference}.`);
  });

  it('other seeds', () => {
    expect(refused(a, shardOf(job, 8, 2, 3))).toBe(
      '2.json does not belong to 1.json: its sweep has the seeds 7 to 14, not 7 to 13.',
    );
  });

  it('another engine', () => {
    const { options, design } = b;
    const other = { ...b, engine: 'other', fingerprint: fingerprintOf({ design, engine: 'other', options }) };
    expect(refused(a, other)).toBe(
      '2.json does not belong to 1.json: it was run by engine other, not engine.',
    );
  });

  it('what is no shard', () => {
    for (const text of [
      '',
      'null',
      '{}',
      '[1]',
      '{"format":"loadbearing/1"}',
      JSON.stringify(a).slice(0, -9),
    ])
      expect(refusal([text])).toBe('1.json is no shard: it is not what sim run --shard prints.');
    expect(refused({ ...a, format: 'loadbearing-shard/9' })).toBe(
      '1.json is a shard of another format, loadbearing-shard/9.',
    );
  });

  it.each([
    ['$.runs', { ...a, runs: a.runs.slice(1) }],
    ['$.runs[0].digest', { ...a, runs: a.runs.map((run) => ({ ...run, digest: 'none' })) }],
    ['$.runs[1].seed', { ...a, runs: a.runs.map((run) => ({ ...run, seed: 7 })) }],
    ['$.part', { ...a, part: 4 }],
    ['$.fingerprint', { ...a, engine: 'other' }],
    ['$.options.seeds', { ...a, options: { ...a.options, seeds: 1e9 } }],
    ['$.expectations[0].passed', { ...a, expectations: [{ ...a.expectations[0], passed: [true] }] }],
    [
      '$.subjects[0].latency.buckets[0][0]',
      { ...a, subjects: [{ ...a.subjects[0], latency: { ...a.subjects[0].latency, buckets: [[-1, 1]] } }] },
    ],
    [
      '$.subjects[0].latency',
      { ...a, subjects: [{ ...a.subjects[0], latency: { ...a.subjects[0].latency, min: null } }] },
    ],
  ])('a damaged shard, with the place: %s', (place, damaged) => {
    expect(refused(damaged)).toBe(`1.json is a damaged shard: ${place} is not as it was printed.`);
  });
});
