// What becomes of requests tells of a peer too: HAProxy counts it as probes, Envoy ejects by gateway errors and by share.
import { describe, expect, it } from 'vitest';
import type { ParamOverrides } from '../../src/model/params.ts';
import { findWrongBooks } from '../fuzz/books.ts';
import { constant, endings } from './asked.ts';
import { arrived, behind, INSTANT, log, until } from './behind.ts';
import type { Sketched } from './sketch.ts';

const steady = (rateRps: number): Sketched => ['client', { load: 'constant', rateRps, readShare: 1 }];
const instances = (count: number) => constant(0, { ...INSTANT, instances: count });

describe('failed requests as probes (HAProxy)', () => {
  /** A probe comes once in ten minutes, so that only requests tell; the first instance fails with this share. */
  function observed(params: ParamOverrides, share: number) {
    const checks = { active: true, checkMs: 600_000, checkFastMs: 600_000, fall: 3, ...params };
    const running = behind(steady(100), checks, [{}], instances(2));
    running.stations.get('a')!.fault('errors', 0, share);
    until(running, 10_000.5);
    expect(findWrongBooks(running.system)).toEqual([]);
    return running;
  }

  it('ten in a row three times over take it out, so that thirty requests fail and no more', () => {
    const running = observed({ observeErrors: 10 }, 1);
    expect(endings(running, 'u')).toBe('970 ok, 30 http500');
    expect(log(running)).toContain('lb took a-1 out: its answers fail');
  });

  it('off, and with a success now and then, it stays', () => {
    expect(endings(observed({}, 1), 'u')).toBe('500 ok, 500 http500');
    // Ten in a row of 500, each failing in 3 of 10: once in 1/(0.7 × 0.3¹⁰), or in 240,000 requests.
    expect(arrived(observed({ observeErrors: 10 }, 0.3), 'a')).toEqual([500, 500]);
  });

  it('direct return sees no answers, and so no failures', () => {
    const direct = { layer: 'l4', directReturn: true, connections: 1_000, maxAgeMs: 1 };
    const running = observed({ observeErrors: 10, ...direct }, 1);
    expect(log(running).join()).not.toContain('out');
  });
});

describe('gateway errors in a row (Envoy)', () => {
  const watched = { outlier: true, outlierFails: 1_000, outlierByRate: false, outlierGateway: 3 };

  it('eject a peer that refuses connections after three', () => {
    const running = behind(steady(100), watched, [{}], instances(2));
    running.stations.get('a')!.fault('crash', 0, 1);
    until(running, 10_000.5);
    expect(endings(running, 'u')).toBe('997 ok, 3 http502');
    expect(log(running)).toContain('lb ejected a-1 after 3 gateway errors in a row');
  });

  it('are not answers 500, of which there may be any number', () => {
    const running = behind(steady(100), watched, [{}], instances(2));
    running.stations.get('a')!.fault('errors', 0, 1);
    until(running, 10_000.5);
    expect(endings(running, 'u')).toBe('500 ok, 500 http500');
  });
});

describe('share of failures (Envoy)', () => {
  /** Instances that take in no requests after the first sweep, when two of so many fail with this share. */
  function ejected(share: number, count: number, rateRps: number, params: ParamOverrides): number[] {
    const rules = { outlier: true, outlierFails: 1_000, outlierByRate: false, outlierSweepMs: 1_000 };
    const all = { ...rules, outlierMaxShare: 1, outlierBaseMs: 60_000, ...params };
    const running = behind(steady(rateRps), all, [{}], instances(count));
    for (const unit of [0, 1]) running.stations.get('a')!.fault('errors', unit, share);
    until(running, 1_100);
    const before = arrived(running, 'a');
    until(running, 2_100);
    return arrived(running, 'a').flatMap((many, unit) => (many === before[unit] ? [unit] : []));
  }
  const on = { outlierByFailures: true };

  it('takes out both of two in five that always fail, which the success rate never would', () => {
    expect(ejected(1, 5, 500, on)).toEqual([0, 1]);
    expect(ejected(1, 5, 500, { outlierByRate: true })).toEqual([]);
  });

  it('is looked at from 85 %, from 50 requests and from five peers on', () => {
    // Of 100 requests 70 % fail: 85 of them with a chance of 0.0005.
    expect(ejected(0.7, 5, 500, on)).toEqual([]);
    expect(ejected(1, 5, 240, on)).toEqual([]);
    expect(ejected(1, 4, 500, on)).toEqual([]);
  });
});
