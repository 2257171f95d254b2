// Requests for a path go to the peers of that path, which are balanced, ejected and drawn by themselves.
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamOverrides, ParamValue } from '../../src/model/params.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { reviewDesign } from '../../src/kinds/review/review.ts';
import { findWrongBooks } from '../fuzz/books.ts';
import { constant, endings } from './asked.ts';
import { arrived, parts, total, until } from './behind.ts';
import { DIRECT, sketch, type Sketched } from './sketch.ts';

const PLAIN = { overheadMs: 0, passive: false, active: false, tryNext: 'never' };
const MANY = { workers: 1_000, queueLimit: 1_000 };
const asks = (path: string, rateRps: number): Sketched => [
  'client',
  { load: 'constant', rateRps, readShare: 1, path },
];

/** Two kinds of clients before one balancer; a takes /a, b and c take what comes. */
function design(balancer: ParamOverrides, more: Record<string, ParamOverrides> = {}) {
  const nodes: Record<string, Sketched> = {
    u: asks('a', 100),
    v: asks('b', 50),
    w: asks('any', 50),
    lb: ['balancer', { ...PLAIN, ...balancer }],
    a: constant(0, { ...MANY, instances: 2 }),
    b: constant(0, MANY),
    c: constant(0, MANY),
  };
  const links = { 'u > lb': DIRECT, 'v > lb': DIRECT, 'w > lb': DIRECT };
  const path = (name: string) => (name === 'a' ? { path: 'a' } : {});
  const out = Object.fromEntries(
    ['a', 'b', 'c'].map((name) => [`lb > ${name}`, { ...DIRECT, ...path(name), ...more[name] }]),
  );
  return sketch(nodes, { ...links, ...out });
}

const running = (balancer: ParamOverrides, more?: Record<string, ParamOverrides>) =>
  assemble(design(balancer, more), 1e6);

function set(run: Running, id: string, name: string, value: ParamValue): void {
  applyDesign(run, applyEdit(run.design, { type: 'setParam', ids: [id], name, value }));
}

describe('routes', () => {
  it.each(['roundRobin', 'leastConnections', 'ringHash', 'maglev', 'twoChoices', 'hash'])(
    'by %s: who asks for /a gets its peers and nobody else does; the rest shares the others',
    (algorithm) => {
      const run = running({ algorithm, hashKey: 'session' });
      until(run, 10_000);
      expect(total(run, 'a')).toBe(run.stations.get('u')!.meter.ok);
      expect(total(run, 'b') + total(run, 'c')).toBe(
        run.stations.get('v')!.meter.ok + run.stations.get('w')!.meter.ok,
      );
      for (const count of [...arrived(run, 'a'), ...arrived(run, 'b'), ...arrived(run, 'c')])
        expect(count).toBeGreaterThan(350);
      for (const path of ['/a', undefined]) {
        const of = parts(run)[0].list.filter(
          ({ marks }) => marks.find((mark) => mark.startsWith('/')) === path,
        );
        if (Number.isNaN(of[0].due)) continue;
        expect(of.reduce((sum, { due }) => sum + due, 0)).toBeCloseTo(1, 9);
      }
    },
  );

  it('with all peers of a path down its requests fail, and the others notice nothing', () => {
    const run = running({ passive: true, maxFails: 1, tryNext: 'connect', allDown: 'fail' });
    run.stations.get('a')!.fault('crash', -1, 1);
    until(run, 5_000);
    expect(endings(run, 'u')).toMatch(/noHealthyPeer/);
    expect(run.stations.get('u')!.meter.ok).toBe(0);
    expect(run.stations.get('v')!.meter.failed + run.stations.get('w')!.meter.failed).toBe(0);
  });

  it('are changed while running, and are not seen at layer 4', () => {
    const run = running({});
    until(run, 1_000);
    set(run, 'l4', 'path', 'any');
    const before = total(run, 'a');
    until(run, 2_000);
    // 200 a second over four instances, two of them at a.
    expect(Math.abs(total(run, 'a') - before - 100)).toBeLessThanOrEqual(2);
    set(run, 'l4', 'path', 'b');
    const then = total(run, 'a');
    until(run, 3_000);
    expect(Math.abs(total(run, 'a') - then - 50)).toBeLessThanOrEqual(1);
    set(run, 'lb', 'layer', 'l4');
    const last = total(run, 'a');
    until(run, 4_000);
    expect(total(run, 'a') - last).not.toBe(50);
    expect(findWrongBooks(run.system)).toEqual([]);
    expect(reviewDesign(run.design).map(({ rule }) => rule)).toContain('routes-at-layer-4');
  });
});
