// Little's law and the utilisation law at every station of every design the app ships, from time integrals kept here.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ARRIVED, ROW } from '../../src/engine/calls/calls.ts';
import { OK } from '../../src/engine/calls/outcomes.ts';
import type { Station } from '../../src/engine/station/station.ts';
import { toNs } from '../../src/engine/time.ts';
import { KINDS, VOCABULARY } from '../../src/kinds/catalog.ts';
import type { Design } from '../../src/model/document.ts';
import { withDefaults } from '../../src/model/params.ts';
import { parseDesignText } from '../../src/model/text.ts';
import { assemble, type Running } from '../../src/session/assemble.ts';
import { forgetWarmUp } from '../../src/session/headless.ts';

const FOLDER = 'public/examples';
const files = readdirSync(FOLDER).filter((file) => file !== 'index.json');
const WARMUP_MS = 1_000;
const LENGTH_MS = 6_000;

function read(file: string): Design {
  return parseDesignText(readFileSync(`${FOLDER}/${file}`, 'utf8'), VOCABULARY).design!;
}

/** Mean number of calls inside each station over the run, watched event by event. */
function watch(design: Design) {
  const running = assemble(design, WARMUP_MS + LENGTH_MS);
  const { system } = running;
  const end = toNs(WARMUP_MS + LENGTH_MS);
  system.run(toNs(WARMUP_MS), Infinity);
  forgetWarmUp(running);
  const stations = system.stations.filter((station) => station.incoming.length > 0);
  const area = stations.map(() => 0);
  const inside = stations.map(() => 0);
  const busy = () =>
    stations.map(({ units }) => units.reduce((sum, unit) => sum + (unit.pool?.busyTime ?? 0), 0));
  const before = busy();
  let last = system.nowNs;
  const count = () =>
    stations.forEach(({ units }, i) => (inside[i] = units.reduce((n, unit) => n + unit.inside, 0)));
  const agesBefore = stations.map((station) => agesInside(running, station));
  const timesOfOthers = stations.map((station) => watchOthers(running, station));
  count();
  while (system.nowNs < end) {
    system.run(end, 1);
    const passed = system.nowNs - last;
    last = system.nowNs;
    if (passed > 0) for (let i = 0; i < area.length; i++) area[i] += inside[i] * passed;
    count();
  }
  const after = busy();
  return stations.map((station, i) => ({
    station,
    inside: area[i] / toNs(LENGTH_MS),
    busy: (after[i] - before[i]) / toNs(LENGTH_MS),
    /** What the times of the calls that ended know too much, and those still inside too little: calls × ms ÷ ms. */
    ends: (agesInside(running, station) - agesBefore[i]) / LENGTH_MS,
    /** What failed, or was given up, was inside for so long all together, ms. */
    othersMs: timesOfOthers[i](),
  }));
}

/** Adds up how long calls are inside that are not answered well: a station's own meter keeps the times of good answers. */
function watchOthers({ system }: Running, station: Station): () => number {
  const { calls } = system.core;
  let ms = 0;
  const add = (c: number) => void (ms += (system.nowNs - calls.times[(c >> 1) + ARRIVED]) / 1e6);
  const answer = station.answer.bind(station);
  const drop = station.drop.bind(station);
  station.answer = (c, outcome) => {
    if (outcome !== OK) add(c);
    answer(c, outcome);
  };
  station.drop = (c) => {
    add(c);
    drop(c);
  };
  return () => ms;
}

/** How long the calls inside a station have been there, all together, ms. */
function agesInside({ system }: Running, station: Station): number {
  const { calls } = system.core;
  let ages = 0;
  for (let c = 0; c < calls.end; c += ROW) {
    if (!station.units.some((unit) => station.holds(c, unit))) continue;
    ages += (system.nowNs - calls.times[(c >> 1) + ARRIVED]) / 1e6;
  }
  return ages;
}

describe.each(files)('%s', (file) => {
  const design = read(file);
  const watched = watch(design);

  for (const { station, inside, busy, ends, othersMs } of watched) {
    it(`${station.label}: N = X R, to the last call`, () => {
      const { ok, failed, dropped } = station.meter;
      expect(ok + failed + dropped).toBeGreaterThan(100);
      const goodMs = ok === 0 ? 0 : ok * station.meter.latency().mean;
      const found = (goodMs + othersMs) / LENGTH_MS + ends;
      expect(Math.abs(inside - found) / inside).toBeLessThan(1e-6);
    });

    const work = ownWork(design, station.id);
    if (work === null) continue;
    it(`${station.label}: busy = X S`, () => {
      const { ok, failed } = station.meter;
      // Work that is broken off is shorter than work that is done.
      if (station.incoming.some((link) => link.settings.giveUp === 'full')) return;
      // A caller has done its own work before a dependency fails it; a store refuses before any work.
      const worked = station.outgoing.length > 0 ? ok + failed : ok;
      const theory = (worked / LENGTH_MS) * work.mean;
      const error = work.cv / Math.sqrt(worked);
      // Work that lies across an end of the run: what is busy then, a few service times long.
      const ends = (5 * busy * work.mean) / LENGTH_MS;
      expect(Math.abs(busy - theory)).toBeLessThanOrEqual(4 * error * theory + ends);
      expect(busy).toBeGreaterThan(0);
    });
  }
});

/** Mean and spread of the own work on a call, where a server is held for nothing else; null elsewhere. */
function ownWork(design: Design, id: string): { readonly mean: number; readonly cv: number } | null {
  const node = design.nodes.find((n) => n.id === id)!;
  const p = withDefaults(KINDS[node.kind].spec.params, node.params) as Record<string, number | string>;
  const calls = design.links.some((link) => link.from === id);
  if (typeof p.commandMs === 'number') return { mean: p.commandMs, cv: 0 };
  if (typeof p.serviceMs === 'number' && (!calls || p.waiting === 'async'))
    return { mean: p.serviceMs, cv: p.cv as number };
  if (typeof p.readMs !== 'number') return null;
  const share = readShareAt(design);
  if (share === null) return null;
  const write = p.writeMs as number;
  const mean = share * p.readMs + (1 - share) * write;
  const square = (1 + (p.cv as number) ** 2) * (share * p.readMs ** 2 + (1 - share) * write ** 2);
  return { mean, cv: Math.sqrt(square / mean ** 2 - 1) };
}

/** The share of reads at the stores, where nothing on the way answers some of them. */
function readShareAt(design: Design): number | null {
  if (design.nodes.some((node) => node.kind === 'cdn')) return null;
  const shares = design.nodes.flatMap((node) =>
    node.kind === 'client' ? ((node.params.readShare as number) ?? 0.9) : [],
  );
  const cached = design.nodes.some((node) => node.kind === 'cache') && shares.some((share) => share < 1);
  return cached || new Set(shares).size !== 1 ? null : shares[0];
}
