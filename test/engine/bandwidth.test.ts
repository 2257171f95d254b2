// A link of limited bandwidth (rule 46) sends one message after the other, each way by itself, and what is too much waits.
import { describe, expect, it } from 'vitest';
import type { ParamOverrides } from '../../src/model/params.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { inspect } from '../../src/session/inspect.ts';
import { findWrongBooks } from '../fuzz/books.ts';
import { askedAt, constant, endings } from '../kinds/asked.ts';
import { INSTANT, until } from '../kinds/behind.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';
import { applyEdit } from '../../src/model/edits.ts';
import { applyDesign, assemble } from '../../src/session/assemble.ts';

/** A request of 1,000 bytes takes 1 ms, an answer 10 ms; 2 ms on the way; nobody gives up. */
const NARROW = { latencyMs: 2, bandwidthMbps: 8, attemptTimeoutMs: 0, totalTimeoutMs: 0 };
const WORK = constant(5, INSTANT);

function run(client: Sketched, link: ParamOverrides, forMs = 1_000) {
  const design = sketch({ c: client, s: WORK }, { 'c > s': { ...NARROW, ...link } });
  const { running } = runHeadless(design, { forMs });
  expect(findWrongBooks(running.system)).toEqual([]);
  return running;
}
const latency = (client: Sketched, link: ParamOverrides = {}) =>
  run(client, link).stations.get('c')!.meter.latency();

describe('bandwidth', () => {
  it('takes the time of the bits of request and answer, and nothing where there is no limit', () => {
    expect(latency(askedAt([1])).max).toBeCloseTo(1 + 2 + 5 + 10 + 2, 9);
    expect(latency(askedAt([1]), { bandwidthMbps: 0 }).max).toBeCloseTo(2 + 5 + 2, 9);
    expect(latency(askedAt([1]), { requestBytes: 0, answerBytes: 2_000 }).max).toBeCloseTo(2 + 5 + 2 + 2, 9);
  });

  it('is shared: the answers of calls made together leave one after the other', () => {
    const three = latency(askedAt([1, 1, 1]));
    expect(three.min).toBeCloseTo(20, 5);
    // Requests leave after 1, 2, 3 ms, so that the first answer is ready at 8; the last is sent by 8 + 3 × 10.
    expect(three.max).toBeCloseTo(8 + 30 + 2, 5);
    expect(three.mean).toBeCloseTo(30, 5);
  });

  it('is the same each way, and each way by itself', () => {
    // 100 requests a second of 9 ms each take nine tenths one way; their answers of 1 ms never wait.
    const sent = { requestBytes: 9_000, answerBytes: 1_000 };
    expect(latency(['client', { load: 'constant', rateRps: 100 }], sent).max).toBeCloseTo(
      9 + 2 + 5 + 1 + 2,
      6,
    );
  });

  it('is used by answers that nobody waits for any more', () => {
    const given = { attemptTimeoutMs: 5, onGiveUp: 'none' };
    const design = sketch({ c: askedAt([1, 8]), s: WORK }, { 'c > s': { ...NARROW, ...given } });
    const running = assemble(design, 500);
    until(running, 7);
    expect(endings(running, 'c')).toBe('1 attemptTimeout');
    applyDesign(
      running,
      applyEdit(design, { type: 'setParam', ids: ['l1'], name: 'attemptTimeoutMs', value: 0 }),
    );
    until(running, 100);
    // The first answer is ready at 9 and out at 19, for nobody; the second, ready at 16, is out at 29 and there at 31.
    expect(running.stations.get('c')!.meter.latency().max).toBeCloseTo(31 - 8, 6);
  });

  it('is used by messages that are lost on the way, and not by those of a link that is cut', () => {
    const all = run(['client', { load: 'constant', rateRps: 100 }], { lossShare: 1, attemptTimeoutMs: 100 });
    expect(all.links.get('l1')!.wire.line!.busyShare[0]).toBeCloseTo(0.1, 6);
    expect(endings(all, 'c')).toMatch(/^\d+ attemptTimeout$/);
    const design = sketch(
      { c: ['client', { load: 'constant', rateRps: 100 }], s: WORK },
      { 'c > s': { ...NARROW, attemptTimeoutMs: 100 } },
    );
    const running = assemble(design, 500);
    running.links.get('l1')!.wire.cut = true;
    until(running, 2_000);
    expect([...running.links.get('l1')!.wire.line!.busyShare]).toEqual([0, 0]);
  });

  it('is not used by health checks, which wait all the same', () => {
    const checks = { overheadMs: 0, checkMs: 1_000, checkTimeoutMs: 10 };
    const design = sketch(
      { c: ['client', { load: 'constant', rateRps: 0.01 }], lb: ['balancer', checks], s: WORK },
      { 'c > lb': DIRECT, 'lb > s': NARROW },
    );
    const { running } = runHeadless(design, { forMs: 20_000 });
    expect([...running.links.get('l2')!.wire.line!.busyShare]).toEqual([0, 0]);
    const loaded = sketch(
      { c: ['client', { load: 'constant', rateRps: 99 }], lb: ['balancer', { ...checks, fall: 1 }], s: WORK },
      { 'c > lb': DIRECT, 'lb > s': { ...NARROW, answerBytes: 12_000 } },
    );
    const busy = runHeadless(loaded, { forMs: 20_000 }).running;
    expect(busy.system.core.journal.take(busy.system.nowNs).map(({ text }) => text)).toContain(
      'lb took s out: its probes fail',
    );
  });

  it('is changed while it runs: what was sent before keeps its time, and the share used is said', () => {
    const design = sketch(
      { c: ['client', { load: 'constant', rateRps: 50 }], s: WORK },
      { 'c > s': { ...NARROW, answerBytes: 40_000 } },
    );
    const running = assemble(design, 500);
    until(running, 2_000);
    const sentence = () => inspect(running, 'l1', [])!.sentence.replace(/\s/g, ' ');
    expect(inspect(running, 'l1', [])!.severity).toBe('warning');
    expect(sentence()).toContain('5.0 % of the bandwidth out and 100 % back used, messages leave');
    const wider = applyEdit(design, { type: 'setParam', ids: ['l1'], name: 'bandwidthMbps', value: 80 });
    applyDesign(running, wider);
    until(running, 10_000);
    expect(sentence()).toContain('0.5 % of the bandwidth out and 20 % back used.');
    applyDesign(
      running,
      applyEdit(wider, { type: 'setParam', ids: ['l1'], name: 'bandwidthMbps', value: 0 }),
    );
    until(running, 11_000);
    expect(sentence()).not.toContain('bandwidth');
  });
});
