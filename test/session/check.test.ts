// The model check: its formulas give the published values, the simulator agrees with them for any seed, and a simulator
// that is wrong by two percent does not.
import { describe, expect, it } from 'vitest';
import * as caching from '../../src/session/check/caching.ts';
import type { CheckCase } from '../../src/session/check/case.ts';
import { CASES } from '../../src/session/check/cases.ts';
import { chanceBeyond, errorIn, estimate } from '../../src/session/check/evidence.ts';
import * as theory from '../../src/session/check/formulas.ts';
import { LIMIT, MAX_CHECK_SEED, RUNS, SEEDS_APART } from '../../src/session/check/protocol.ts';
import { judge, runCase, runOnce } from '../../src/session/check/run-case.ts';
import { VOCABULARY } from '../../src/kinds/catalog.ts';
import { MAX_SEED } from '../../src/model/document.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { parseDesign } from '../../src/model/parse.ts';

const caseOf = (id: string) => CASES.find((check) => check.id === id)!;

describe('formulas give the published values', () => {
  it.each([
    ['Erlang B, 5 servers, 3 erlangs', theory.erlangB(5, 3), 0.11005],
    ['Erlang B, 10 servers, 8 erlangs', theory.erlangB(10, 8), 0.12166],
    ['Erlang B, 10 servers, 10 erlangs', theory.erlangB(10, 10), 0.21458],
    ['Erlang B, 25 servers, 20 erlangs', theory.erlangB(25, 20), 0.05022],
    ['Erlang C, 10 servers at 80 %', theory.erlangC(10, 8), 0.40918],
    ['Erlang C, 4 servers at 80 %', theory.erlangC(4, 3.2), 0.59643],
    ['M/M/10 wait at 80 %, ms', theory.mmcResponse(0.08, 100, 10) - 100, 20.459],
    ['M/M/4 wait at 70 %, ms', theory.mmcResponse(0.028, 100, 4) - 100, 35.72],
    ['M/M/1 response at 80 %, s', theory.mg1Response(8, 0.1, 1), 0.5],
    ['M/M/1 p99, s: the rest beyond it', theory.mm1SlowerThan(8, 0.1, 2.302585), 0.01],
    ['M/M/1 is M/M/c of one server', theory.mmcSlowerThan(8, 0.1, 1, 1), Math.exp(-2)],
    ['M/M/4 at 80 %: the rest beyond its p99', theory.mmcSlowerThan(3.2, 1, 4, 6.8932), 0.01],
    ['mean square of M/M/1 in reverse at 50 %', theory.lastComeSquare(0.5, 1), 12],
    ['the first of two classes, s', theory.classResponses(5, [0.06, 0.08])[0], 10],
    ['the second of two classes, s', theory.classResponses(5, [0.06, 0.08])[1], 21.6667],
    ['M/D/1 wait at 80 %, s', theory.mg1Response(8, 0.1, 0) - 0.1, 0.2],
    ['M/G/1 wait at 80 %, cv² = 10, s', theory.mg1Response(8, 0.1, Math.sqrt(10)) - 0.1, 2.2],
    ['M/M/1/10 refused at 90 %', theory.mmckRefused(1, 10, 0.9), 0.05081],
    ['M/M/10/30 refused at 120 %', theory.mmckRefused(10, 30, 12), 0.16864],
    ['M/M/c/c is Erlang B', theory.mmckRefused(10, 10, 8), 0.12166],
    ['one user never queues', theory.repairmanResponse(1, 1_000, 60), 60],
    ['users without end: N s − Z', theory.repairmanResponse(200, 1_000, 60), 11_000],
    ['tandem of two M/M/1', theory.tandemResponse(0.12, [4, 6]), 29.1209],
    ['10 queues in turn at 80 %', theory.roundRobinResponse(8, 1, 10), 2.9223],
    ['10 queues in turn at 90 %', theory.roundRobinResponse(9, 1, 10), 5.6603],
    ['4 queues in turn at 80 %', theory.roundRobinResponse(3.2, 1, 4), 3.2674],
    ['one queue in turn is M/M/1', theory.roundRobinResponse(0.8, 1, 1), 5],
    ['attempts of 3 at 50 %', theory.meanAttempts(0.5, 3), 1.75],
    ['attempts of 3 at 90 %', theory.meanAttempts(0.9, 3), 2.71],
    ['breaker: 5 of 5 + 20 calls', theory.breakerPassed(20, 1, 5), 0.2],
    ['top fifth of 10,000 keys, s = 0.95', caching.topShare(caching.zipfShares(10_000, 0.95), 2_000), 0.8],
    ['LRU 1 %, Zipf 1', caching.cheHitRatio(caching.zipfShares(10_000, 1), 100), 0.39053],
    ['LRU 10 %, Zipf 1', caching.cheHitRatio(caching.zipfShares(10_000, 1), 1_000), 0.6756],
    ['LRU 10 %, Zipf 0.8', caching.cheHitRatio(caching.zipfShares(10_000, 0.8), 1_000), 0.4367],
    ['stale share of hits, many reads', caching.staleReadShare(1e9, 0.01, 60), 0.248],
  ])('%s', (_, value, published) => {
    expect(Math.abs(value / published - 1)).toBeLessThan(5e-4);
  });

  it('the shorter of two queues is worse than one queue and better than turns, at any load', () => {
    for (const load of [0.2, 0.5, 0.8, 0.9]) {
      const shorter = theory.shorterOfTwoResponse(2 * load, 1);
      expect(shorter).toBeGreaterThan(theory.mmcResponse(2 * load, 1, 2));
      expect(shorter).toBeLessThan(theory.roundRobinResponse(2 * load, 1, 2));
    }
  });
});

describe('evidence', () => {
  it('pools before it divides, and takes the spread from the runs', () => {
    expect(
      estimate([
        { sum: 1, weight: 1 },
        { sum: 3, weight: 1 },
      ]),
    ).toEqual({ value: 2, standardError: 1 });
    expect(
      estimate([
        { sum: 1, weight: 1 },
        { sum: 9, weight: 3 },
      ]).value,
    ).toBe(2.5);
    expect(estimate([{ sum: 1, weight: 1 }]).standardError).toBeNaN();
  });

  it('runs that never differ must meet the theory exactly', () => {
    const same = estimate([
      { sum: 2, weight: 1 },
      { sum: 2, weight: 1 },
    ]);
    expect(errorIn(same, 2)).toBe(0);
    expect(errorIn(same, 3)).toBe(-Infinity);
  });

  it('knows Student’s t: 2.037 leaves 5 % at 32 degrees, the limit one case in 2,855', () => {
    expect(chanceBeyond(2.0369, 32)).toBeCloseTo(0.05, 5);
    expect(chanceBeyond(2.2281, 10)).toBeCloseTo(0.05, 5);
    expect(Math.round(1 / chanceBeyond(LIMIT, RUNS - 1))).toBe(2_855);
  });
});

describe('cases', () => {
  it.each(CASES.map((check) => [check.id, check] as const))('%s is an ordinary design', (_, check) => {
    const { design, problems } = parseDesign(check.design, VOCABULARY);
    expect(problems).toEqual([]);
    expect(design?.nodes).toHaveLength(check.design.nodes.length);
    expect(check.theory).toBeGreaterThan(0);
  });

  it('no two have a name, or a source of chance, in common', () => {
    const ids = CASES.flatMap(({ design }) => [...design.nodes, ...design.links].map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
  });

  it('no two seeds of the page share a run', () => {
    expect(SEEDS_APART).toBeGreaterThanOrEqual(RUNS);
    expect(MAX_CHECK_SEED * SEEDS_APART + RUNS).toBeLessThan(MAX_SEED);
  });

  it('the same seed gives the same verdict to the last bit, another seed another', () => {
    const check = caseOf('ranges');
    const once = (seed: number) => judge(check, [runOnce(check, seed, 0), runOnce(check, seed, 1)]);
    expect(once(3)).toEqual(once(3));
    expect(once(4).simulated).not.toBe(once(3).simulated);
  });
});

describe.each([1, 2])('seed %i', (seed) => {
  it.each(CASES.map((check) => [check.name, check] as const))('%s', (_, check) => {
    const { error, passed, runs, requests } = runCase(check, seed);
    expect(runs).toBe(RUNS);
    expect(requests).toBeGreaterThan(100_000);
    expect(passed, `${error.toFixed(1)} standard errors`).toBe(true);
  });
});

describe('work that is two percent too slow', () => {
  const [working, idle] = [true, false].map((works) => CASES.filter((check) => hasWork(check) === works));

  it.each(working.map((check) => [check.id, check] as const))('fails %s', (_, check) => {
    const { error, passed } = runCase(slower(check, 1.02), 1);
    expect(error).toBeGreaterThan(LIMIT);
    expect(passed).toBe(false);
  });

  it('cannot show where nobody works', () => {
    expect(idle.map(({ id }) => id)).toEqual(['retries', 'breaker', 'lru', 'stale', 'names', 'ranges']);
  });
});

/** Parameters that say how long work takes, and how long messages do. */
const WORK = ['serviceMs', 'readMs', 'writeMs'];
const SIZES = ['requestBytes', 'answerBytes'];

/** Whether any component of the case has work of some length, or any link messages of some. */
function hasWork({ design: { nodes, links } }: CheckCase): boolean {
  const isLong = (params: ParamOverrides, names: readonly string[]) =>
    names.some((name) => Number(params[name] ?? 0) > 0);
  return (
    nodes.some(({ params }) => isLong(params, WORK)) || links.some(({ params }) => isLong(params, SIZES))
  );
}

/** The case with all work of its components and all messages so many times as long, and its theory as it was. */
function slower(check: CheckCase, factor: number): CheckCase {
  const longer = <T extends { readonly params: ParamOverrides }>(part: T, names: readonly string[]): T => {
    const scaled = names.filter((name) => name in part.params);
    const params = scaled.map((name) => [name, Number(part.params[name]) * factor]);
    return { ...part, params: { ...part.params, ...Object.fromEntries(params) } };
  };
  const nodes = check.design.nodes.map((node) => longer(node, WORK));
  const links = check.design.links.map((link) => longer(link, SIZES));
  return { ...check, design: { ...check.design, nodes, links } };
}
