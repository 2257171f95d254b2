// A link between two places takes as long as the way between them, and one that says its latency keeps it.
import { describe, expect, it } from 'vitest';
import { toNs } from '../../src/engine/time.ts';
import { waysIn } from '../../src/kinds/ways.ts';
import type { Design, Group } from '../../src/model/document.ts';
import { applyEdit } from '../../src/model/edits.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { askedAt, constant } from './asked.ts';
import { sketch, type Sketched } from './sketch.ts';

const STILL = { params: { jitterShare: 0 }, roundTrips: [] };

/** The design with its groups in places ("eu-west"), in zones ("eu-west/a"), and without jitter. */
function placed(design: Design): Design {
  const groups = design.groups.map(({ id, label }): Group => {
    const [place, zone] = label.split('/');
    return { id, kind: zone ? 'zone' : 'region', label, place };
  });
  return { ...design, groups, network: STILL };
}

/** Longest answer at the client so far, ms. */
function took({ stations }: Running, id = 'users'): number {
  return stations.get(id)!.meter.latency().max;
}

const at = (region: string, [kind, params = {}]: Sketched): Sketched => [kind, params, region];

/** How long one request takes from users in `here` to a service of 10 ms in `there`, ms. */
function usersWait(here: string, there: string): number {
  const nodes = { users: at(here, askedAt([1])), far: at(there, constant(10)) };
  return once(sketch(nodes, { 'users > far': {} }));
}

/** The same from a service of 0 ms in `here` that users reach at once. */
function serviceWaits(here: string, there: string, link: ParamOverrides = {}): number {
  const nodes = { users: askedAt([1]), near: at(here, constant(0)), far: at(there, constant(10)) };
  return once(sketch(nodes, { 'users > near': { latencyMs: 0 }, 'near > far': link }));
}

function once(design: Design): number {
  const running = assemble(placed(design), 500);
  running.system.run(toNs(5_000), Infinity);
  return took(running);
}

describe('a link between places', () => {
  it('takes the round trip of the table, and users their access line on top', () => {
    expect(serviceWaits('us-east', 'eu-west')).toBeCloseTo(75 + 10, 6);
    expect(usersWait('us-east', 'eu-west')).toBeCloseTo(75 + 20 + 10, 6);
    expect(usersWait('eu-west', 'eu-west')).toBeCloseTo(20 + 10, 6);
  });

  it('within a region takes 1 ms, within a zone 0.3 ms, between its zones 1 ms', () => {
    expect(serviceWaits('eu-west', 'eu-west')).toBeCloseTo(11, 6);
    expect(serviceWaits('eu-west/a', 'eu-west/a')).toBeCloseTo(10.3, 6);
    expect(serviceWaits('eu-west/a', 'eu-west/b')).toBeCloseTo(11, 6);
  });

  it('keeps the latency it was given', () => {
    expect(serviceWaits('us-east', 'eu-west', { latencyMs: 2 })).toBeCloseTo(4 + 10, 6);
  });

  it('varies by a tenth unless it has a jitter of its own', () => {
    const users = askedAt(Array.from({ length: 400 }, (_, i) => 10 * i));
    const design = sketch(
      { users: at('us-east', users), far: at('eu-west', constant(0)) },
      { 'users > far': {} },
    );
    const run = (network: Design['network']) => {
      const { network: _, ...rest } = placed(design);
      const running = assemble(network ? { ...rest, network } : rest, 500);
      running.system.run(toNs(5_000), Infinity);
      return running.stations.get('users')!.meter.latency();
    };
    const drawn = run(undefined);
    // Two draws of σ = 0.1 around 47.5 ms: σ = 6.7 ms around 95 ms.
    expect(drawn.quantile(0.5)).toBeGreaterThan(93);
    expect(drawn.quantile(0.5)).toBeLessThan(97);
    expect((drawn.quantile(0.84) - drawn.quantile(0.16)) / 2).toBeGreaterThan(5.5);
    expect((drawn.quantile(0.84) - drawn.quantile(0.16)) / 2).toBeLessThan(8);
    expect(run(STILL).max).toBeCloseTo(95, 6);
  });

  it('is as long as the table says from the moment the table is edited', () => {
    const design = placed(
      sketch(
        {
          users: at('us-east', askedAt([1, 1_001])),
          far: at('eu-west', constant(10)),
        },
        { 'users > far': {} },
      ),
    );
    const running = assemble(design, 500);
    running.system.run(toNs(500), Infinity);
    expect(took(running)).toBeCloseTo(105, 6);
    applyDesign(
      running,
      applyEdit(design, { type: 'setRoundTrip', from: 'us-east', to: 'eu-west', rttMs: 200 }),
    );
    running.system.run(toNs(5_000), Infinity);
    expect(took(running)).toBeCloseTo(230, 6);
    expect(running.system.core.journal.take(0).map(({ text }) => text)).toContain(
      'Edited: round-trip times changed',
    );
  });
});

describe('a CDN', () => {
  it('is near its users wherever they are, and as far from its origin as they are', () => {
    const design = placed(
      sketch(
        {
          us: at('us-east', askedAt([1])),
          eu: at('eu-west', askedAt([1_000])),
          cdn: ['cdn', { edgeMs: 0, cacheableShare: 0 }],
          origin: at('eu-west', constant(10)),
        },
        { 'us > cdn': {}, 'eu > cdn': {}, 'cdn > origin': {} },
      ),
    );
    const running = assemble(design, 500);
    running.system.run(toNs(5_000), Infinity);
    expect(took(running, 'us')).toBeCloseTo(20 + 75 + 10, 6);
    expect(took(running, 'eu')).toBeCloseTo(20 + 1 + 10, 6);
  });
});

describe('what is said of a link', () => {
  it('is how far it is, and from where to where', () => {
    const design = placed(
      sketch(
        {
          users: ['client', {}, 'us-east'],
          near: ['service', {}, 'us-east'],
          far: ['service', {}, 'eu-west'],
          lost: ['service', {}],
        },
        { 'users > near': {}, 'near > far': {}, 'far > lost': {} },
      ),
    );
    const said = design.links.map((link) => waysIn(design)(link).map((w) => `${w.rttMs} ms: ${w.words}`));
    expect(said).toEqual([['20 ms: users to us-east'], ['75 ms: us-east to eu-west'], []]);
  });
});
