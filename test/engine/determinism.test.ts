// The same design and seed are the same run (rules 3, 4, 6, 7, 20, 30), however it is cut, written down and looked at.
import { Actor } from 'xstate';
import { describe, expect, it, vi } from 'vitest';
import { createStream } from '../../src/engine/chance/random.ts';
import { toNs } from '../../src/engine/time.ts';
import type { Design } from '../../src/model/document.ts';
import { applyEdit } from '../../src/model/edits.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { sketch, type Sketched } from '../kinds/sketch.ts';

const NODES: Record<string, Sketched> = {
  n1: ['client', { rateRps: 800, keys: 500 }],
  n2: ['cdn', { cacheableShare: 0.5, ttlMs: 300 }],
  n3: ['balancer', { algorithm: 'twoChoices' }],
  n4: ['service', { instances: 3, serviceMs: 8, errorShare: 0.05 }],
  n5: ['cache', { ttlMs: 500 }],
  n10: ['sharded-database', { slots: 2 }],
};
const LINKS = {
  'n1 > n2': { jitterShare: 0.4 },
  'n2 > n3': { lossShare: 0.01, attemptTimeoutMs: 80, attempts: 3 },
  'n3 > n4': {},
  'n4 > n5': { attemptTimeoutMs: 10 },
  'n4 > n10': { breaker: 'on', attempts: 2, attemptTimeoutMs: 30, onGiveUp: 'full' },
};
const DESIGN = sketch(NODES, LINKS, { seed: 7 });
const MS = 3_000;

const started = (design: Design): Running => assemble(design, 500);
function digest(design: Design): string {
  const { system } = started(design);
  system.run(toNs(MS), Infinity);
  return system.digest;
}
const EXPECTED = digest(DESIGN);

describe('the same run', () => {
  it('with the same seed, another with another', () => {
    expect(digest(DESIGN)).toBe(EXPECTED);
    expect(digest({ ...DESIGN, seed: 8 })).not.toBe(EXPECTED);
  });

  it.each([1, 7, 1_000])('in slices of %d events', (most) => {
    const { system } = started(DESIGN);
    while (!system.run(toNs(MS), most));
    expect(system.digest).toBe(EXPECTED);
    expect(system.nowNs).toBe(toNs(MS));
  });

  it('in slices of odd lengths of time', () => {
    const { system } = started(DESIGN);
    const stream = createStream(1, 'test', 'slices');
    for (let at = 0; at < toNs(MS);) {
      at = Math.min(toNs(MS), at + stream.below(20_000_000));
      system.run(at, Infinity);
      expect(system.nowNs).toBe(at);
    }
    expect(system.digest).toBe(EXPECTED);
  });

  it('whatever is sampled, and whoever takes windows, logs and traces', () => {
    const { system } = started(DESIGN);
    for (let ms = 100; ms <= MS; ms += 100) {
      system.core.recorder.every = 1 + (ms % 7);
      system.run(toNs(ms), Infinity);
      system.takeWindows();
      system.core.journal.take(system.nowNs);
      system.audit();
    }
    expect(system.digest).toBe(EXPECTED);
  });

  it('in any order of nodes and links in the file', () => {
    expect(
      digest({ ...DESIGN, nodes: [...DESIGN.nodes].reverse(), links: [...DESIGN.links].reverse() }),
    ).toBe(EXPECTED);
  });

  it('with other labels, positions, notes and viewport', () => {
    const nodes = DESIGN.nodes.map((node, i) => ({ ...node, label: `x${9 - i}`, position: { x: i, y: -i } }));
    const notes = [{ id: 't1', text: 'hello', position: { x: 0, y: 0 } }];
    expect(digest({ ...DESIGN, name: 'Other', nodes, notes, viewport: { x: 1, y: 2, zoom: 3 } })).toBe(
      EXPECTED,
    );
  });

  it('with defaults written out', () => {
    const edited = applyEdit(DESIGN, { type: 'setParam', ids: ['n4'], name: 'workers', value: 16 });
    expect(edited).not.toBe(DESIGN);
    expect(digest(edited)).toBe(EXPECTED);
  });

  it('with an edit in the middle that only writes a default out, or moves and renames things', () => {
    const running = started(DESIGN);
    running.system.run(toNs(1_000), Infinity);
    const set = (id: string, name: string, value: number) =>
      applyDesign(running, applyEdit(running.design, { type: 'setParam', ids: [id], name, value }));
    set('n1', 'hotShare', 0.3);
    set('n4', 'workers', 16);
    set('l1', 'attempts', 1);
    applyDesign(running, applyEdit(running.design, { type: 'rename', id: 'n4', label: 'api' }));
    applyDesign(
      running,
      applyEdit(running.design, { type: 'moveNodes', moves: [{ id: 'n4', position: { x: 5, y: 5 } }] }),
    );
    running.system.run(toNs(MS), Infinity);
    expect(running.system.digest).toBe(EXPECTED);
  });
});

describe('common random numbers (6)', () => {
  /** When clients start requests and for which keys: all that a change elsewhere must leave alone. */
  const clientFigures = (design: Design) => {
    const running = started(design);
    running.system.run(toNs(MS), Infinity);
    const { arrived } = running.stations.get('n1')!.meter;
    return { arrived, reachedEdge: running.stations.get('n2')!.meter.arrived };
  };

  it('an added node or link leaves the draws of the others as they were', () => {
    const more = sketch(
      { ...NODES, n20: ['client', { rateRps: 50 }], n21: ['database', {}] },
      { ...LINKS, 'n20 > n21': {} },
      { seed: 7 },
    );
    expect(clientFigures(more)).toEqual(clientFigures(DESIGN));
  });

  it('so does a change of another node', () => {
    const slower = applyEdit(DESIGN, { type: 'setParam', ids: ['n4'], name: 'serviceMs', value: 12 });
    expect(clientFigures(slower).arrived).toBe(clientFigures(DESIGN).arrived);
    expect(digest(slower)).not.toBe(EXPECTED);
  });
});

describe('state machines (20)', () => {
  it('hear nothing at all in 100,000 requests without a fault', () => {
    const nodes: Record<string, Sketched> = {
      n1: ['client', { load: 'constant', rateRps: 10_000, readShare: 1 }],
      n2: ['balancer', {}],
      n3: ['service', { instances: 4, workers: 500, serviceMs: 1 }],
      n4: ['database', { slots: 500, maxConnections: 1_000 }],
    };
    const guarded = { breaker: 'on', attempts: 3, maxConcurrent: 10_000 };
    const design = sketch(nodes, { 'n1 > n2': guarded, 'n2 > n3': guarded, 'n3 > n4': guarded });
    const send = vi.spyOn(Actor.prototype, 'send');
    const { system, stations } = started(design);
    system.run(toNs(10_000), Infinity);
    expect(stations.get('n1')!.meter.arrived).toBe(100_000);
    expect(stations.get('n1')!.meter.failed).toBe(0);
    expect(send).not.toHaveBeenCalled();
    // And the counting works: a crash is one event.
    stations.get('n3')!.fault('crash', 0, 1);
    expect(send).toHaveBeenCalledTimes(1);
    send.mockRestore();
  });
});
