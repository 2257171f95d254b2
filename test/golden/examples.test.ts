// The designs the app ships: every one opens without a complaint, its drills come out as they say, its books balance.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { Actor } from 'xstate';
import { VOCABULARY } from '../../src/kinds/catalog.ts';
import type { Design } from '../../src/model/document.ts';
import { parseDesignText } from '../../src/model/text.ts';
import { runHeadless } from '../../src/session/headless.ts';

const FOLDER = 'public/examples';

/** Where it is said that the system does not get out of it by itself. */
const METASTABLE = ['retry-storm.json', 'retry-budget.json'];

export function example(file: string): Design {
  const { design, problems } = parseDesignText(readFileSync(`${FOLDER}/${file}`, 'utf8'), VOCABULARY);
  if (!design || problems.length > 0) throw new Error(`${file}: ${problems.map((p) => p.message).join(' ')}`);
  return design;
}

const index = JSON.parse(readFileSync(`${FOLDER}/index.json`, 'utf8')) as { file: string; name: string }[];

describe('shipped examples', () => {
  it('are all in the index, under their own names', () => {
    const files = readdirSync(FOLDER).filter((f) => f !== 'index.json');
    expect(index.map((i) => i.file).sort()).toEqual(files.sort());
    for (const { file, name } of index) expect(example(file).name).toBe(name);
  });

  for (const { file } of index) {
    for (const drill of example(file).drills) {
      it(`${file}: the drill "${drill.name}" comes out as expected`, () => {
        const sends = vi.spyOn(Actor.prototype, 'send');
        const run = runHeadless(example(file), { forMs: 0, drill });
        // Machines hear of changes, never of requests (rule 20).
        const requests = run.running.system.sources.reduce((n, s) => n + s.station.meter.arrived, 0);
        expect(sends.mock.calls.length).toBeLessThan(requests / 1_000);
        sends.mockRestore();
        const failed = run.verdicts.filter((v) => !v.passed);
        const said = failed.map(
          ({ expectation: e, measured }) => `${e.subject} ${e.measure} ${e.is} ${e.value}: ${measured}`,
        );
        expect(said).toEqual([]);
        expect(run.verdicts).toHaveLength(drill.expectations.length);
        expect(run.running.system.audit()).toEqual([]);
        const lines = run.running.system.core.journal.take(0);
        const isMetastable = METASTABLE.includes(file);
        expect(lines.filter((line) => line.topic === 'metastable')).toHaveLength(isMetastable ? 1 : 0);
      });
    }
  }
});

describe('the first example', () => {
  const design = example('checkout.json');
  const crash = { target: 'n7', unit: null, fault: 'crash', factor: 1 };
  const restore = { ...crash, fault: 'restore' };

  it('serves 3,500 to 5,100 requests a second with fewer than 1 in 1,000 failing', () => {
    const { running } = runHeadless(design, { forMs: 30_000 });
    const started = running.system.sources.reduce((n, s) => n + s.station.meter.arrived, 0);
    const failed = running.system.sources.reduce((n, s) => n + s.station.meter.failed, 0);
    expect(started / 30).toBeGreaterThan(3_500);
    expect(started / 30).toBeLessThan(5_100);
    expect(failed / started).toBeLessThan(0.001);
  });

  it('trips the breakers of all three api instances when orders crashes, and they close again after the restore', () => {
    const orders = [
      { atMs: 10_000, order: crash },
      { atMs: 16_000, order: restore },
    ];
    const { running } = runHeadless(design, { forMs: 40_000, orders });
    const lines = running.system.core.journal.take(0).filter((l) => l.topic === 'breaker');
    const opened = lines.filter((l) => l.text.includes('opened'));
    const closed = lines.filter((l) => l.text.includes('closed'));
    expect(new Set(opened.map((l) => l.text.split(' → ')[0])).size).toBe(3);
    expect(opened[0].atMs).toBeGreaterThan(10_000);
    expect(opened[0].atMs).toBeLessThan(10_200);
    expect(closed).toHaveLength(3);
    expect(closed[0].atMs).toBeGreaterThan(21_000);
    for (const breaker of running.links.get('l6')!.gate.breakers.all) expect(breaker.state).toBe(0);
  });

  it('is the same run again with the same seed, and another one with another', () => {
    const digest = (seed: number) => runHeadless({ ...design, seed }, { forMs: 3_000 }).digest;
    expect(digest(42)).toBe(digest(42));
    expect(digest(43)).not.toBe(digest(42));
  });

  it('does not care in which order nodes and links stand in the file', () => {
    const shuffled = { ...design, nodes: [...design.nodes].reverse(), links: [...design.links].reverse() };
    expect(runHeadless(shuffled, { forMs: 3_000 }).digest).toBe(runHeadless(design, { forMs: 3_000 }).digest);
  });
});
