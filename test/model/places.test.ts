// Groups stand somewhere, and a design may know better than the table how far apart two places are.
import { describe, expect, it } from 'vitest';
import { serialize } from '../../src/model/canonical.ts';
import { emptyDesign, type Design } from '../../src/model/document.ts';
import { applyEdit } from '../../src/model/edits.ts';
import { parseDesign } from '../../src/model/parse.ts';
import { NO_NETWORK, PLACES } from '../../src/model/places.ts';
import { rttBetween, typicalRttMs } from '../../src/model/round-trips.ts';
import { toPositional } from '../../src/model/positional.ts';
import { decodeLink, encodeLink } from '../../src/model/url.ts';
import { VOCABULARY } from './vocabulary.ts';

const document = (more: object): object => ({ format: 'loadbearing/1', ...more });

function parsed(more: object): { design: Design; said: string[] } {
  const { design, problems } = parseDesign(document(more), VOCABULARY);
  return { design: design!, said: problems.map(({ path, message }) => `${path}: ${message}`) };
}

const EU = { id: 'g1', kind: 'region', label: 'EU', place: 'eu-west' };
const US = { id: 'g2', kind: 'region', label: 'US', place: 'us-east' };

describe('round trips', () => {
  it('are those of the published table, the same both ways', () => {
    expect(rttBetween(NO_NETWORK, 'us-east', 'eu-west')).toBe(75);
    expect(rttBetween(NO_NETWORK, 'eu-west', 'us-east')).toBe(75);
    expect(rttBetween(NO_NETWORK, 'us-east', 'us-west')).toBe(65);
    expect(rttBetween(NO_NETWORK, 'ap-southeast', 'ap-northeast')).toBe(70);
  });

  it('are known for every pair of the places that are offered', () => {
    const missing = PLACES.flatMap((a) =>
      PLACES.filter((b) => a < b && typicalRttMs(a, b) === undefined).map((b) => `${a} ${b}`),
    );
    expect(missing).toEqual([]);
  });

  it('with a place of one’s own take what is set for other pairs, until the pair has a time', () => {
    let design = applyEdit(emptyDesign(), { type: 'setNetwork', name: 'elsewhereMs', value: 40 });
    expect(rttBetween(design.network!, 'moon', 'eu-west')).toBe(40);
    design = applyEdit(design, { type: 'setRoundTrip', from: 'moon', to: 'eu-west', rttMs: 2_600 });
    expect(rttBetween(design.network!, 'eu-west', 'moon')).toBe(2_600);
    design = applyEdit(design, { type: 'setRoundTrip', from: 'eu-west', to: 'moon', rttMs: undefined });
    expect(rttBetween(design.network!, 'moon', 'eu-west')).toBe(40);
  });

  it('are stored only where they differ from the table, and nothing is stored when none does', () => {
    const set = (design: Design, rttMs: number | undefined) =>
      applyEdit(design, { type: 'setRoundTrip', from: 'us-east', to: 'eu-west', rttMs });
    const changed = set(emptyDesign(), 80);
    expect(changed.network).toEqual({
      params: {},
      roundTrips: [{ from: 'eu-west', to: 'us-east', rttMs: 80 }],
    });
    expect(set(changed, undefined).network).toBeUndefined();
    expect(set(changed, 80)).toBe(changed);
    expect(set(changed, -1)).toBe(changed);
  });
});

describe('documents', () => {
  it('keep places and times in files and links', async () => {
    const network = {
      params: { usersMs: 60 },
      roundTrips: [
        { from: 'eu-west', to: 'moon', rttMs: 2_600 },
        { from: 'eu-west', to: 'us-east', rttMs: 82.5 },
      ],
    };
    const steps = [{ atMs: 5, target: 'g2', fault: 'crash' }];
    const drills = [{ id: 'd1', name: 'Lost', durationMs: 10, steps }];
    const { design, said } = parsed({ groups: [EU, US], network, drills });
    expect(said).toEqual([]);
    expect(design.drills[0].steps).toHaveLength(1);
    expect(parsed(JSON.parse(serialize(design)) as object)).toEqual({ design, said: [] });
    const link = await encodeLink(design, {}, VOCABULARY);
    expect(await decodeLink(link, VOCABULARY)).toMatchObject({ ok: true, design, problems: [] });
  });

  it('without places make the same links as before there were any', () => {
    const { design } = parsed({ groups: [{ id: 'g1', kind: 'zone', label: 'A' }] });
    expect(toPositional(design, {}, VOCABULARY)[12]).toEqual([0, [1], ['A'], 0]);
    expect(toPositional(design, {}, VOCABULARY)).toHaveLength(13);
  });

  it('with places and times that make no sense open without them, and say where', () => {
    const roundTrips = [
      { from: 'eu-west', to: 'eu-west', rttMs: 3 },
      { from: 'Paris!', to: 'eu-west', rttMs: 3 },
      { from: 'us-east', to: 'eu-west', rttMs: -3 },
      { from: 'us-east', to: 'eu-west', rttMs: 80 },
      { from: 'eu-west', to: 'us-east', rttMs: 90 },
      7,
    ];
    const groups = [{ ...EU, place: 'On the moon' }];
    const { design, said } = parsed({ groups, network: { params: { usersMs: -1 }, roundTrips, speed: 3 } });
    expect(design.groups[0]).not.toHaveProperty('place');
    expect(design.network).toEqual({
      params: {},
      roundTrips: [{ from: 'eu-west', to: 'us-east', rttMs: 80 }],
    });
    expect(said).toEqual([
      '$.network.speed: “speed” is not a field of a network; it was ignored.',
      '$.network.params.usersMs: Users to their region must be between 0 and 10000, not -1; the network keeps the default 20.',
      '$.network.roundTrips[0]: This round trip leads from “eu-west” to itself; it was left out.',
      '$.network.roundTrips[1]: This round trip is not between two places (“Paris!” and “eu-west”); it was left out.',
      '$.network.roundTrips[2]: This round trip must take 0 to 10000 ms, not -3; it was left out.',
      '$.network.roundTrips[4]: There is already a round trip between eu-west and us-east; it was left out.',
      '$.network.roundTrips[5]: This round trip must be an object, not 7; it was left out.',
      '$.groups[0].place: The place of group “g1” must be a name in small letters, digits and “-”, at most 24, not “On the moon”; it was left out.',
    ]);
    expect(parsed({ network: [] }).said).toEqual([
      '$.network: “network” must be an object, not a list; it was left out.',
    ]);
  });

  it('lose the steps of drills about a group that goes', () => {
    const steps = [{ atMs: 5, target: 'g1', fault: 'crash' }];
    const { design } = parsed({ groups: [EU], drills: [{ id: 'd1', durationMs: 10, steps }] });
    expect(applyEdit(design, { type: 'removeElements', ids: ['g1'] }).drills[0].steps).toEqual([]);
  });
});
