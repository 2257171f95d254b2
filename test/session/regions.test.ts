// A region or zone fails as a whole: what is in it crashes, or nothing gets in or out, until it is put right.
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import type { Design } from '../../src/model/document.ts';
import { applyEdit } from '../../src/model/edits.ts';
import { applyDesign, assemble } from '../../src/session/assemble.ts';
import { type ActiveFault, inject } from '../../src/session/faults.ts';
import { inspect } from '../../src/session/inspect.ts';
import { runHeadless } from '../../src/session/headless.ts';
import { askedAt, constant, endings } from '../kinds/asked.ts';
import { sketch } from '../kinds/sketch.ts';

/** Users outside ask once a second; api and its store stand in EU, the store in a zone of it. */
function shop(): Design {
  const [kind, params = {}] = constant(1);
  const bare = sketch(
    {
      users: askedAt(Array.from({ length: 10 }, (_, i) => 1_000 * i + 500)),
      api: [kind, params, 'EU'],
      db: ['database', {}, 'zone a'],
      far: [kind, { ...params, instances: 2 }, 'US'],
    },
    { 'users > api': {}, 'api > db': {}, 'api > far': { callShare: 0 } },
  );
  const groups = bare.groups.map((group) =>
    group.label === 'zone a' ? { ...group, kind: 'zone' as const, parent: 'g1' } : group,
  );
  return { ...bare, groups };
}

function playing(design = shop()) {
  const running = assemble(design, 500);
  let active: ActiveFault[] = [];
  return {
    running,
    at: (ms: number) => running.system.run(toNs(ms), Infinity),
    order: (target: string, fault: string) =>
      (active = inject(running, { target, unit: null, fault, factor: 1 }, active)),
    active: () => active.map(({ target, fault }) => `${target} ${fault}`).sort(),
    said: () => running.system.core.journal.take(0).map((line) => line.text),
    states: (id: string) => running.stations.get(id)!.units.map((unit) => unit.state),
  };
}

const [UP, DOWN] = [1, 4];

describe('a region that is lost', () => {
  it('crashes what is in it and in its zones, and nothing else', () => {
    const play = playing();
    play.at(1_000);
    play.order('g1', 'crash');
    expect(play.states('api')).toEqual([DOWN]);
    expect(play.states('db')).toEqual([DOWN]);
    expect(play.states('far')).toEqual([UP, UP]);
    expect(play.said()).toContain('EU: 2 components crashed');
    play.at(10_000);
    expect(endings(play.running, 'users')).toBe('1 ok, 9 connectRefused');
  });

  it('offers to restore each component in it, and all at once', () => {
    const play = playing();
    play.order('g1', 'crash');
    expect(play.active()).toEqual(['api crash', 'db crash', 'g1 crash']);
    play.order('api', 'restore');
    expect(play.active()).toEqual(['db crash', 'g1 crash']);
    play.order('g1', 'restore');
    expect(play.active()).toEqual([]);
    play.at(9_000);
    expect(play.states('api')).toEqual([UP]);
    expect(play.states('db')).toEqual([UP]);
  });

  it('is said when somebody asks about it', () => {
    const play = playing();
    expect(inspect(play.running, 'g1', [])).toMatchObject({ severity: 'info', faults: [] });
    const active = play.order('g1', 'crash');
    expect(inspect(play.running, 'g1', active)).toMatchObject({
      sentence: 'Lost: all in it crashed.',
      severity: 'bad',
      faults: [{ fault: 'crash' }],
    });
  });

  it('has no fault that only links or components have', () => {
    const play = playing();
    expect(play.order('g1', 'slow')).toEqual([]);
    expect(play.said()).toEqual(['Nothing here can be told to "slow"']);
  });
});

describe('a region that is cut off', () => {
  it('gets no message and sends none, while inside everything goes on', () => {
    const play = playing();
    play.at(1_000);
    play.order('g1', 'partition');
    const cut = () => [...play.running.links.values()].map((link) => link.wire.cut);
    expect(cut()).toEqual([true, false, true]);
    expect(play.said()).toContain('EU is cut off from the rest');
    play.at(3_400);
    expect(endings(play.running, 'users')).toBe('1 ok, 1 attemptTimeout');
    play.order('g1', 'heal');
    expect(cut()).toEqual([false, false, false]);
    play.at(12_000);
    expect(endings(play.running, 'users')).toBe('8 ok, 2 attemptTimeout');
  });

  it('leaves a link cut that was cut by itself, and a link that joins later is cut too', () => {
    const play = playing();
    play.order('l1', 'partition');
    play.order('g1', 'partition');
    play.order('g1', 'heal');
    expect(play.running.links.get('l1')!.wire.cut).toBe(true);
    play.order('g3', 'partition');
    const link = { id: 'l9', from: 'users', to: 'far', params: {} };
    applyDesign(play.running, applyEdit(play.running.design, { type: 'addLink', link }));
    expect(play.running.links.get('l9')!.wire.cut).toBe(true);
    applyDesign(play.running, applyEdit(play.running.design, { type: 'removeElements', ids: ['g3'] }));
    expect(play.running.links.get('l9')!.wire.cut).toBe(false);
  });

  it('is forgotten with a link that is deleted: brought back, the link is whole', () => {
    const play = playing();
    play.order('l1', 'partition');
    const before = play.running.design;
    applyDesign(play.running, applyEdit(before, { type: 'removeElements', ids: ['l1'] }));
    applyDesign(play.running, before);
    expect(play.running.links.get('l1')!.wire.cut).toBe(false);
  });

  it('is only that zone when a zone is cut off', () => {
    const play = playing();
    play.order('g2', 'partition');
    expect([...play.running.links.values()].map((link) => link.wire.cut)).toEqual([false, true, false]);
  });
});

describe('drills', () => {
  it('can lose a region and bring it back', () => {
    const steps = [
      { atMs: 1_000, target: 'g1', fault: 'crash' },
      { atMs: 4_000, target: 'g1', fault: 'restore' },
    ];
    const expectation = { subject: 'users', measure: 'failedShare', is: 'above', value: 0.99 } as const;
    const expectations = [{ ...expectation, fromMs: 1_000, toMs: 4_000 }];
    const drill = { id: 'd1', name: 'Lost', hypothesis: '', durationMs: 20_000, steps, expectations };
    const { verdicts, running } = runHeadless(shop(), { forMs: 0, drill });
    expect(verdicts.map((verdict) => verdict.passed)).toEqual([true]);
    expect(running.stations.get('users')!.meter.ok).toBeGreaterThan(1);
  });
});
