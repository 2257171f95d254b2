// Random valid documents and random edits, for properties that must hold for any of them.
import fc from 'fast-check';
import type { Design } from '../../src/model/document.ts';
import type { Edit } from '../../src/model/edit-data.ts';
import { cleanLine, cleanLines } from '../../src/model/labels.ts';
import { NETWORK_PARAMS } from '../../src/model/round-trips.ts';
import type { Param, ParamTable, ParamValue } from '../../src/model/params.ts';
import { parseDesign } from '../../src/model/parse.ts';
import { VOCABULARY } from './vocabulary.ts';

/** The seed of every property here: the same designs in every run. */
export const SEED = 20_260_101;

const label = fc.oneof(
  fc.constantFrom(
    'api',
    'Shoppers EU',
    'Überweisung',
    '注文',
    '👩‍🚀 crew',
    '',
    '"quoted" \\ <b>',
    "it's; 100 %",
  ),
  fc.string({ unit: 'grapheme', maxLength: 90 }).map((text) => cleanLine(text, 80)),
);
const prose = fc
  .string({ unit: 'grapheme', maxLength: 300 })
  .map((text) => cleanLines(`${text}\nand more`, 2_000));
const coordinate = fc.oneof(
  fc.integer({ min: -50, max: 150 }).map((steps) => steps * 20),
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
);
const position = fc.record({ x: coordinate, y: coordinate });
const anyId = fc.oneof(
  fc.integer({ min: 1, max: 30 }).map((n) => `n${n}`),
  fc.integer({ min: 1, max: 30 }).map((n) => `l${n}`),
  fc.constantFrom('api', 'n007', 'N1', 'n', 'g2', 't1', 'd1', '_', 'n1234567890123', 'a-b_c'),
);

function valueOf(param: Param): fc.Arbitrary<ParamValue> {
  if (param.type === 'flag') return fc.boolean();
  if (param.type === 'choice') return fc.constantFrom(...param.options.map((option) => option.value));
  if (param.type === 'set') {
    const values = param.options.map((option) => option.value);
    return fc.subarray(values).map((chosen) => chosen.join(','));
  }
  const { min, max } = param;
  if (param.type === 'series')
    return fc.array(fc.integer({ min, max: Math.min(max, 1e6) })).map((a) => a.join('\n'));
  if (param.integer === true) return fc.integer({ min, max: Math.min(max, 1e9) });
  return fc.oneof(fc.double({ min, max, noNaN: true }), fc.constantFrom(min, max, param.default));
}

function params(table: ParamTable): fc.Arbitrary<Record<string, ParamValue>> {
  const entries = Object.entries(table).map(([name, param]) => [name, valueOf(param)] as const);
  return fc.record(Object.fromEntries(entries), { requiredKeys: [] }) as fc.Arbitrary<
    Record<string, ParamValue>
  >;
}

const kindAndParams = fc
  .constantFrom(...VOCABULARY.kindOrder)
  .chain((kind) => params(VOCABULARY.kinds[kind].params).map((values) => ({ kind, params: values })));
const node = fc.record({ words: kindAndParams, label, position, group: fc.nat(5) });
const link = fc.record({ from: fc.nat(), to: fc.nat(), params: params(VOCABULARY.link) });
const time = fc.integer({ min: 0, max: 100_000 });
const step = fc.record({
  atMs: time,
  target: fc.nat(),
  unit: fc.nat(4),
  fault: fc.constant('crash'),
  factor: fc.nat(9),
});
const expectation = fc.record({
  subject: fc.nat(),
  measure: fc.constantFrom('p50Ms', 'p95Ms', 'p99Ms', 'failedShare', 'okRps'),
  is: fc.constantFrom('below', 'above'),
  value: fc.double({ noNaN: true, noDefaultInfinity: true }),
  fromMs: time,
});
const drill = fc.record({
  name: label,
  hypothesis: prose,
  durationMs: fc.integer({ min: 1, max: 86_400_000 }),
  steps: fc.array(step, { maxLength: 3 }),
  expectations: fc.array(expectation, { maxLength: 3 }),
});
const place = fc.constantFrom('us-east', 'eu-west', 'ap-southeast', 'moon-1');
const network = fc.record({
  params: params(NETWORK_PARAMS),
  roundTrips: fc
    .uniqueArray(fc.constantFrom('eu-west us-east', 'ap-southeast moon-1', 'moon-1 us-east'))
    .chain((pairs) =>
      fc.tuple(...pairs.map((pair) => fc.integer({ min: 0, max: 400 }).map((rttMs) => ({ pair, rttMs })))),
    )
    .map((drawn) =>
      drawn.map(({ pair, rttMs }) => ({ from: pair.split(' ')[0], to: pair.split(' ')[1], rttMs })),
    ),
});
const parts = fc.record({
  network: fc.option(network, { nil: undefined }),
  name: label,
  seed: fc.integer({ min: 0, max: 4_294_967_295 }),
  nodes: fc.array(node, { maxLength: 12 }),
  links: fc.array(link, { maxLength: 16 }),
  groups: fc.array(
    fc.record({
      label,
      zone: fc.boolean(),
      parent: fc.nat(4),
      isCollapsed: fc.boolean(),
      standsIn: fc.option(place, { nil: undefined }),
    }),
    { maxLength: 4 },
  ),
  notes: fc.array(fc.record({ text: prose, position }), { maxLength: 3 }),
  drills: fc.array(drill, { maxLength: 2 }),
  ids: fc.uniqueArray(anyId, { minLength: 0, maxLength: 37 }),
  conventional: fc.boolean(),
});

/** A valid raw document: every reference leads somewhere, ids conventional or wild. */
export const validDocument: fc.Arbitrary<Record<string, unknown>> = parts.map((drawn) => {
  const wild = drawn.conventional ? [] : [...drawn.ids];
  const id = (prefix: string, i: number): string =>
    wild.pop() ?? `${prefix}${drawn.conventional ? i + 1 : 900 + i}`;
  const groupIds = drawn.groups.map((_, i) => id('g', i));
  const nodes = drawn.nodes.map(({ words, group, ...rest }, i) => {
    const inside = groupIds[group] === undefined ? {} : { group: groupIds[group] };
    return { id: id('n', i), ...words, ...rest, ...inside };
  });
  const count = nodes.length;
  const links = drawn.links
    .map((drawnLink) => ({
      ...drawnLink,
      from: drawnLink.from % (count || 1),
      to: drawnLink.to % (count || 1),
    }))
    .filter(({ from, to }) => count > 0 && from !== to)
    .map((ends, i) => ({ ...ends, id: id('l', i), from: nodes[ends.from].id, to: nodes[ends.to].id }));
  const targets = [...nodes, ...links, ...groupIds.map((groupId) => ({ id: groupId }))];
  return {
    format: 'loadbearing/1',
    name: drawn.name,
    seed: drawn.seed,
    nodes,
    links,
    groups: drawn.groups.map(({ label: groupLabel, zone, parent, isCollapsed, standsIn }, i) => {
      const outer = parent < i ? { parent: groupIds[parent] } : {};
      const drawing = {
        ...(isCollapsed ? { collapsed: true } : {}),
        ...(standsIn === undefined ? {} : { place: standsIn }),
      };
      return { id: groupIds[i], kind: zone ? 'zone' : 'region', label: groupLabel, ...outer, ...drawing };
    }),
    ...(drawn.network === undefined ? {} : { network: drawn.network }),
    notes: drawn.notes.map((note, i) => ({ ...note, id: id('t', i) })),
    drills: drawn.drills.map((plan, i) => ({
      ...plan,
      id: id('d', i),
      steps: plan.steps.flatMap(({ unit, factor, target, ...rest }) => {
        const strength = { ...(unit > 2 ? {} : { unit }), ...(factor > 5 ? {} : { factor }) };
        return count === 0 ? [] : [{ ...rest, ...strength, target: targets[target % targets.length].id }];
      }),
      expectations: plan.expectations.flatMap((expected) => {
        const toMs = expected.fromMs + 500;
        return count === 0 ? [] : [{ ...expected, toMs, subject: nodes[expected.subject % count].id }];
      }),
    })),
  };
});

/** A random design, as parsing gives it. */
export const anyDesign: fc.Arbitrary<Design> = validDocument.map((document) => {
  const { design, problems } = parseDesign(document, VOCABULARY);
  if (design === null || problems.length > 0) throw new Error(JSON.stringify(problems));
  return design;
});

const someIds = fc.array(anyId, { maxLength: 4 });
const free = fc.record({
  id: anyId,
  label,
  position,
  text: prose,
  words: kindAndParams,
  to: anyId,
  from: anyId,
});

/** A random edit; most of its ids exist in no design, some in many. */
export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  free.map(({ id, label: text, position: place, words, to }): Edit => {
    return { type: 'addNode', node: { id, label: text, position: place, ...words, group: to } };
  }),
  free.map(({ id, from, to }): Edit => ({
    type: 'addLink',
    link: { id, from, to, params: { attempts: 2 } },
  })),
  free.map(({ id, label: text, to }): Edit => {
    return { type: 'addGroup', group: { id, kind: 'zone', label: text, parent: to } };
  }),
  free.map(({ id, text, position: place }): Edit => ({
    type: 'addNote',
    note: { id, text, position: place },
  })),
  someIds.map((ids): Edit => ({ type: 'removeElements', ids })),
  fc
    .array(fc.record({ id: anyId, position }), { maxLength: 4 })
    .map((moves): Edit => ({ type: 'moveNodes', moves })),
  fc
    .record({ ids: someIds, value: fc.constantFrom(undefined, 5, 7) })
    .map(({ ids, value }): Edit => ({ type: 'setParam', ids, name: 'attempts', value })),
  fc
    .record({ id: fc.option(anyId), label })
    .map(({ id, label: text }): Edit => ({ type: 'rename', id, label: text })),
  fc.nat().map((seed): Edit => ({ type: 'setSeed', seed })),
  fc
    .record({ ids: someIds, group: fc.option(anyId) })
    .map(({ ids, group }): Edit => ({ type: 'setGroup', ids, group })),
  free.map(({ id, text }): Edit => ({ type: 'setNote', id, text })),
  fc
    .record({ id: anyId, place: fc.option(place) })
    .map((drawn): Edit => ({ type: 'setPlace', id: drawn.id, place: drawn.place })),
  fc
    .record({ from: place, to: place, rttMs: fc.constantFrom(undefined, 0, 76, 80) })
    .map((pair): Edit => ({ type: 'setRoundTrip', ...pair })),
  fc
    .record({ name: fc.constantFrom('usersMs', 'sameZoneMs'), value: fc.constantFrom(undefined, 5, 60) })
    .map((drawn): Edit => ({ type: 'setNetwork', ...drawn })),
  free.map(({ id, from, to }): Edit => ({ type: 'relink', id, from, to })),
  free.map(({ id, label: text, position: place, words }): Edit => {
    return { type: 'replaceNode', node: { id, label: text, position: place, ...words } };
  }),
  fc
    .record({ id: anyId, collapsed: fc.boolean() })
    .map(({ id, collapsed }): Edit => ({ type: 'setCollapsed', id, collapsed })),
  fc
    .record({ ids: someIds, offset: position })
    .map(({ ids, offset }): Edit => ({ type: 'duplicate', ids, offset })),
  fc
    .record({ part: anyDesign, offset: position })
    .map(({ part, offset }): Edit => ({ type: 'insert', part, offset })),
  free.map(({ id, from, to, label: name, text }): Edit => {
    const step1 = { atMs: 5, target: from, fault: 'crash' };
    const expected = { subject: to, measure: 'p95Ms', is: 'below', value: 9, fromMs: 0, toMs: 9 } as const;
    const plan = { id, name, hypothesis: text, durationMs: 10, steps: [step1], expectations: [expected] };
    return { type: 'setDrill', drill: plan };
  }),
);
