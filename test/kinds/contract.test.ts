// What every kind must satisfy, whatever it does: its words, its table of parameters, its faults and its live numbers.
import { beforeAll, describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import { KINDS, VOCABULARY } from '../../src/kinds/catalog.ts';
import { connectionProblem } from '../../src/kinds/connect.ts';
import type { FaultSpec } from '../../src/kinds/contract.ts';
import { LINK_FAULTS } from '../../src/kinds/faults.ts';
import type { Design } from '../../src/model/document.ts';
import { applyEdit } from '../../src/model/edits.ts';
import { paramProblem } from '../../src/model/param-checks.ts';
import { type Param, type ParamTable, type ParamValue, withDefaults } from '../../src/model/params.ts';
import { setText } from '../../src/model/sets.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { inject } from '../../src/session/faults.ts';
import { constant } from './asked.ts';
import { DIRECT, sketch, type Sketched } from './sketch.ts';

const kinds = Object.keys(KINDS);

/** A small system in which the node `x` of a kind has something to do, as its role allows. */
function around(kind: string, seed = 1): Design {
  const { role } = KINDS[kind].spec;
  const client: Sketched = ['client', { rateRps: 400, readShare: 0.7, keys: 100 }];
  const x: Sketched = [kind, {}];
  const db: Sketched = ['database', {}];
  switch (role) {
    case 'source':
      return sketch({ x, s: constant(1) }, { 'x > s': DIRECT }, { seed });
    case 'proxy':
      return sketch(
        { c: client, x, s: constant(1, { instances: 2 }), db },
        { 'c > x': DIRECT, 'x > s': DIRECT, 's > db': DIRECT },
        { seed },
      );
    case 'compute':
      return sketch({ c: client, x, db }, { 'c > x': DIRECT, 'x > db': DIRECT }, { seed });
    case 'lookaside':
      return sketch(
        { c: client, s: constant(1), x, db },
        { 'c > s': DIRECT, 's > x': DIRECT, 's > db': DIRECT },
        { seed },
      );
    case 'store':
      return sketch({ c: client, x }, { 'c > x': DIRECT }, { seed });
  }
}

/** Shown only by what else happens meanwhile; tests of their own see to them. */
const LATENT: ReadonlySet<string> = new Set(['freeze', 'storeDown', 'storeSlow']);

/** Bounds and other extremes of a parameter. */
function extremes(param: Param): ParamValue[] {
  if (param.type === 'flag') return [true, false];
  if (param.type === 'choice') return param.options.map((option) => option.value);
  if (param.type === 'set') return ['', setText(param.options, () => true)];
  if (param.type === 'series') return ['', '0', '1, 2, 2, 700'];
  return [param.min, param.max];
}

function expectExplained(table: ParamTable): void {
  for (const [name, param] of Object.entries(table)) {
    expect(paramProblem(param, param.default), name).toBeNull();
    for (const value of extremes(param)) expect(paramProblem(param, value), name).toBeNull();
    expect(param.help, name).toMatch(/\.$/);
    expect(param.label, name).not.toBe('');
    expect(param.group, name).not.toBe('');
    if (param.when) expect(Object.keys(table), name).toContain(param.when.param);
    if (param.after) expect(table[param.after]?.group, name).toBe(param.group);
  }
}

const set = (running: Running, name: string, value: ParamValue | undefined) =>
  applyDesign(running, applyEdit(running.design, { type: 'setParam', ids: ['x'], name, value }));

/** What anybody could see of a run so far. */
function figures({ system }: Running): string {
  const parts = [...system.stations, ...system.links];
  const counts = parts.map(({ id, meter: m }) => `${id} ${m.arrived} ${m.ok} ${m.failed} ${m.latency().sum}`);
  const units = system.stations.flatMap((station) => station.units.map((unit) => unit.appearance));
  return [...counts, ...units].join('; ');
}

describe.each(kinds)('%s', (kind) => {
  const { spec, guide } = KINDS[kind];
  const table: ParamTable = spec.params;

  it('is filed under its own name, and says what it is for', () => {
    expect(spec.kind).toBe(kind);
    for (const text of [spec.label, spec.summary]) expect(text.trim()).not.toBe('');
    expect(spec.summary.length).toBeLessThanOrEqual(60);
    // Words to search by: lower case, none twice, none that another kind has.
    expect(spec.aliases.length).toBeGreaterThan(0);
    for (const word of spec.aliases) {
      expect(word).toMatch(/^[a-z0-9][a-z0-9 -]*$/);
      expect(Object.values(KINDS).filter((other) => other.spec.aliases.includes(word))).toHaveLength(1);
    }
    expect(spec.icon.length).toBeGreaterThan(0);
    for (const path of spec.icon) expect(path).toMatch(/^M[\d\s.,MLHVCSQTAZmlhvcsqtaz-]+$/);
  });

  it('has a guide: what it is, when to use it and when not, and what is not modelled', () => {
    for (const text of [guide.whatItIs, guide.whenToUse, guide.whenNot])
      expect(text.length).toBeGreaterThan(40);
    expect(guide.notModelled.length).toBeGreaterThan(0);
    for (const sentence of guide.notModelled) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('has at most four live numbers, each with a name of at most two words and a sentence', () => {
    expect(spec.gauges.length).toBeLessThanOrEqual(4);
    expect(new Set(spec.gauges.map((gauge) => gauge.id)).size).toBe(spec.gauges.length);
    for (const { label, help } of spec.gauges) {
      expect(label.split(' ').length).toBeLessThanOrEqual(2);
      expect(help).toMatch(/\.$/);
    }
  });

  it('has defaults that are valid, and explains every parameter', () => {
    expectExplained(table);
  });

  it('can say in a line what it is set to, at every extreme', () => {
    for (const [name, param] of Object.entries(table)) {
      for (const value of extremes(param)) {
        const line = spec.subtitle(withDefaults(table, { [name]: value }) as never);
        expect(line, `${name} = ${value}`).toMatch(/\S/);
        expect(line.length).toBeLessThanOrEqual(40);
        expect(line).not.toMatch(/undefined|NaN|\[object/);
      }
    }
  });

  it('can be linked to something, or be linked to', () => {
    const bare = (other: string) => sketch({ x: [kind, {}], y: [other, {}] }, {});
    const called = kinds.some((other) => connectionProblem(bare(other), 'y', 'x') === null);
    const calls = kinds.some((other) => connectionProblem(bare(other), 'x', 'y') === null);
    expect(calls).toBe(spec.calls !== 'none');
    expect(called).toBe(spec.role !== 'source');
  });

  it('does something by default, and its gauges become readable', () => {
    const running = assemble(around(kind), 500);
    running.system.run(toNs(3_000), Infinity);
    const station = running.stations.get('x')!;
    expect(station.meter.ok).toBeGreaterThan(100);
    spec.gauges.forEach((gauge, i) => {
      const value = station.gauges[i];
      expect(value, gauge.id).toBeGreaterThanOrEqual(0);
      if (gauge.unit === 'share') expect(value, gauge.id).toBeLessThanOrEqual(1);
    });
    for (let i = spec.gauges.length; i < 4; i++) expect(station.gauges[i]).toBeNaN();
  });

  it('takes every parameter at both ends while it runs, and its books stay right', () => {
    for (const [name, param] of Object.entries(table)) {
      for (const value of extremes(param)) {
        const running = assemble(around(kind), 500);
        running.system.run(toNs(300), Infinity);
        set(running, name, value);
        running.system.run(toNs(340), 50_000);
        set(running, name, undefined);
        running.system.run(running.system.nowNs + toNs(200), 50_000);
        expect(running.system.audit(), `${name} = ${value}`).toEqual([]);
      }
    }
  });

  it('runs from the start with every parameter at both ends', () => {
    for (const [name, param] of Object.entries(table)) {
      for (const value of extremes(param)) {
        const design = applyEdit(around(kind), { type: 'setParam', ids: ['x'], name, value });
        const { system } = assemble(design, 500);
        system.run(toNs(100), 50_000);
        expect(system.audit(), `${name} = ${value}`).toEqual([]);
      }
    }
  });

  it('is left as it is by new parameters that are equal to the old ones', () => {
    const digest = (again: boolean) => {
      const running = assemble(around(kind), 500);
      running.system.run(toNs(700), Infinity);
      if (again)
        running.stations
          .get('x')!
          .behaviour.reconfigure(withDefaults(table, running.design.nodes.find((n) => n.id === 'x')!.params));
      running.system.run(toNs(1_500), Infinity);
      return running.system.digest;
    };
    expect(digest(true)).toBe(digest(false));
  });

  describe('faults', () => {
    const starts = spec.faults.filter((fault) => fault.endedBy !== undefined);
    const find = (id: string): FaultSpec => spec.faults.find((fault) => fault.id === id)!;

    it('each that lasts has one that ends it, and none is listed twice', () => {
      expect(new Set(spec.faults.map((fault) => fault.id)).size).toBe(spec.faults.length);
      for (const fault of starts) expect(find(fault.endedBy!), fault.id).toBeDefined();
      for (const { label, help } of spec.faults) {
        expect(label).not.toBe('');
        expect(help).toMatch(/\.$/);
      }
    });

    /** Figures after 3 s, with a fault at 1 s, ended at 2 s or not. */
    function after(order: FaultSpec | null, end: FaultSpec | null): string {
      // A process that starts up again is back within a tenth of a second.
      const quick =
        'startMs' in table
          ? applyEdit(around(kind), { type: 'setParam', ids: ['x'], name: 'startMs', value: 100 })
          : around(kind);
      const running = assemble(quick, 500);
      const tell = (fault: FaultSpec) =>
        inject(running, { target: 'x', unit: null, fault: fault.id, factor: fault.factor }, []);
      running.system.run(toNs(1_000), Infinity);
      if (order) tell(order);
      running.system.run(toNs(2_000), Infinity);
      if (end) tell(end);
      running.system.run(toNs(3_000), Infinity);
      return figures(running);
    }

    let undisturbed = '';
    beforeAll(() => void (undisturbed = after(null, null)));

    it.each(starts.map((fault) => fault.id).filter((id) => !LATENT.has(id)))(
      '%s changes what happens, and so does its end',
      (id) => {
        const fault = find(id);
        const broken = after(fault, null);
        expect(broken).not.toBe(undisturbed);
        expect(after(fault, find(fault.endedBy!))).not.toBe(broken);
      },
    );

    it('the engine knows every fault of the list, and no other', () => {
      const running = assemble(around(kind), 500);
      for (const { id, factor } of spec.faults)
        expect(running.stations.get('x')!.fault(id, -1, factor), id).toMatch(/\w/);
      expect(running.stations.get('x')!.fault('unheard of', -1, 1)).toBeNull();
    });

    it('one of a single unit hits that unit, one of a unit that does not exist is refused', () => {
      const running = assemble(around(kind), 500);
      const count = running.stations.get('x')!.units.length;
      for (const fault of spec.faults.filter((f) => f.scope === 'unit')) {
        const order = { target: 'x', unit: count + 3, fault: fault.id, factor: fault.factor };
        inject(running, order, []);
        expect(running.system.core.journal.take(0).at(-1)!.text).toContain('Nothing here');
      }
    });
  });
});

describe('links', () => {
  it('have defaults that are valid, and explain every parameter', () => {
    expectExplained(VOCABULARY.link);
  });

  it('take every parameter at both ends while they run', () => {
    for (const [name, param] of Object.entries<Param>(VOCABULARY.link)) {
      for (const value of extremes(param)) {
        const running = assemble(around('service'), 500);
        running.system.run(toNs(300), Infinity);
        const edit = (to: ParamValue | undefined) =>
          applyDesign(
            running,
            applyEdit(running.design, { type: 'setParam', ids: ['l1', 'l2'], name, value: to }),
          );
        edit(value);
        running.system.run(toNs(700), Infinity);
        edit(undefined);
        running.system.run(toNs(1_200), Infinity);
        expect(running.system.audit(), `${name} = ${value}`).toEqual([]);
      }
    }
  });

  it('know their faults: a cut loses calls, mended they get through again', () => {
    const running = assemble(around('service'), 500);
    const failed = () => running.stations.get('c')!.meter.failed;
    const [cut, heal] = LINK_FAULTS;
    running.system.run(toNs(1_000), Infinity);
    inject(running, { target: 'l2', unit: null, fault: cut.id, factor: 1 }, []);
    applyDesign(
      running,
      applyEdit(running.design, { type: 'setParam', ids: ['l2'], name: 'attemptTimeoutMs', value: 50 }),
    );
    running.system.run(toNs(2_000), Infinity);
    const broken = failed();
    expect(broken).toBeGreaterThan(100);
    inject(running, { target: 'l2', unit: null, fault: heal.id, factor: 1 }, []);
    running.system.run(toNs(3_000), Infinity);
    const mended = failed();
    running.system.run(toNs(5_000), Infinity);
    expect(failed()).toBe(mended);
  });
});
