// Users in one region, a global router, and two regions to go to: what the tests of routers are about.
import { toNs } from '../../src/engine/time.ts';
import type { Edit } from '../../src/model/edit-data.ts';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { applyDesign, assemble } from '../../src/session/assemble.ts';
import { type ActiveFault, inject } from '../../src/session/faults.ts';
import { constant, endings } from './asked.ts';
import { sketch, type Sketched } from './sketch.ts';

/** All clients honour the time to live, behind a thousand resolvers that are alike. */
export const HONEST = { lateShare: 0, pinnedShare: 0, resolvers: 1_000, resolverSkew: 0 };
const PLACES: Readonly<Record<string, string>> = {
  eu: 'eu-west',
  us: 'us-east',
  de: 'eu-central',
  moon: 'moon',
};

export const steady = (rateRps: number): Sketched => ['client', { load: 'constant', rateRps, readShare: 1 }];

interface World {
  readonly users?: Sketched;
  readonly from?: string;
  readonly router?: ParamOverrides;
  readonly links?: Readonly<Record<string, ParamOverrides>>;
}

/** Users in one region, a router, and a service of 10 ms in each of eu and us, in their places and without jitter. */
export function world({ users = steady(50), from = 'eu', router = {}, links = {} }: World) {
  const bare = sketch(
    {
      users: [users[0], users[1] ?? {}, from],
      dns: ['router', router],
      near: [...constant(10, { workers: 500 }).slice(0, 2), 'eu'] as unknown as Sketched,
      far: [...constant(10, { workers: 500 }).slice(0, 2), 'us'] as unknown as Sketched,
    },
    { 'users > dns': {}, 'dns > near': {}, 'dns > far': {}, ...links },
  );
  const design = {
    ...bare,
    groups: bare.groups.map((group) => ({ ...group, place: PLACES[group.label] })),
    network: { params: { jitterShare: 0 }, roundTrips: [] },
  };
  const running = assemble(design, 500);
  let active: ActiveFault[] = [];
  const lines: { atMs: number; text: string }[] = [];
  const groupOf = (label: string) => design.groups.find((group) => group.label === label)!.id;
  return {
    running,
    at: (seconds: number) => void running.system.run(toNs(seconds * 1_000), Infinity),
    order: (target: string, fault: string) =>
      void (active = inject(running, { target, unit: null, fault, factor: 1 }, active)),
    region: (label: string, fault: string) =>
      void (active = inject(running, { target: groupOf(label), unit: null, fault, factor: 1 }, active)),
    edit: (edit: Edit) => applyDesign(running, applyEdit(running.design, edit)),
    meter: (id: string) => (running.stations.get(id) ?? running.links.get(id))!.meter,
    /** Requests sent over the link to a region, without probes. */
    went: (id: string) => running.stations.get(id)!.meter.arrived,
    said(words: string) {
      lines.push(...running.system.core.journal.take(0));
      return lines.filter((line) => line.text.includes(words));
    },
    endings: () => endings(running, 'users'),
    gauges: () => [...running.stations.get('dns')!.gauges],
    longest: () => running.stations.get('users')!.meter.latency().max,
  };
}

export const weight = (id: string, value: number): Edit => ({
  type: 'setParam',
  ids: [id],
  name: 'weight',
  value,
});
