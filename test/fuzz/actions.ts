// What is done to a running design, from a seed: faults, live edits and undo. Everything is chosen among elements sorted
// by id, so that the order of a file has no part in it.
import { createStream, type Stream } from '../../src/engine/chance/random.ts';
import { KINDS, VOCABULARY } from '../../src/kinds/catalog.ts';
import { connectionProblem } from '../../src/kinds/connect.ts';
import { LINK_FAULTS } from '../../src/kinds/faults.ts';
import { GROUP_FAULTS } from '../../src/kinds/group-faults.ts';
import type { Design } from '../../src/model/document.ts';
import type { Edit } from '../../src/model/edit-data.ts';
import { commit, undo, type History } from '../../src/model/history.ts';
import type { ParamTable } from '../../src/model/params.ts';
import { PLACES } from '../../src/model/places.ts';
import { applyDesign, type Running } from '../../src/session/assemble.ts';
import { type ActiveFault, inject } from '../../src/session/faults.ts';
import { drawKind, drawLink, drawNode, drawValue, oneOf, type Features } from './swarm.ts';

export interface Action {
  readonly atMs: number;
  readonly what: 'fault' | 'edit' | 'undo';
  /** Of the choices that have to be made when it is carried out. */
  readonly seed: number;
}

/** What a run carries along beside the running system. */
export interface Stage {
  readonly running: Running;
  history: History;
  faults: ActiveFault[];
}

export function drawActions(seed: number, features: Features, lengthMs: number): Action[] {
  const stream = createStream(seed, 'fuzz', 'actions');
  const kinds: Action['what'][] = [];
  if (features.has('faults') || features.has('cuts')) kinds.push('fault', 'fault');
  if (features.has('edits') || features.has('scaling')) kinds.push('edit', 'edit', 'undo');
  if (kinds.length === 0) return [];
  return Array.from({ length: 1 + stream.below(12) }, () => ({
    atMs: Math.floor(stream.uniform() * lengthMs),
    what: oneOf(kinds, stream),
    seed: stream.uint32(),
  })).sort((a, b) => a.atMs - b.atMs);
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : 1));

export function carryOut(stage: Stage, action: Action, features: Features): void {
  const stream = createStream(action.seed, 'fuzz', 'choices');
  if (action.what === 'fault') return injectOne(stage, features, stream);
  if (action.what === 'undo') stage.history = undo(stage.history);
  else
    for (const edit of drawEdits(stage.history.present, features, stream))
      stage.history = commit(stage.history, edit);
  applyDesign(stage.running, stage.history.present);
}

function injectOne(stage: Stage, features: Features, stream: Stream): void {
  const { nodes, links, groups } = stage.history.present;
  if (features.has('places') && groups.length > 0 && stream.chance(0.3)) {
    // Without the feature nothing may be cut: calls without a timeout would be waited for for ever.
    const known = GROUP_FAULTS.filter(
      ({ id }) => features.has('cuts') || (id !== 'partition' && id !== 'heal'),
    );
    const { id: fault, factor } = oneOf(known, stream);
    const order = { target: oneOf(byId(groups), stream).id, unit: null, fault, factor };
    stage.faults = inject(stage.running, order, stage.faults);
    return;
  }
  const onLink = links.length > 0 && features.has('cuts') && (!features.has('faults') || stream.chance(0.3));
  if (!onLink && nodes.length === 0) return;
  const node = onLink ? null : oneOf(byId(nodes), stream);
  const specs = node ? KINDS[node.kind].spec.faults : LINK_FAULTS;
  const { id: fault, factor } = oneOf(specs, stream);
  const strength = stream.chance(0.6) ? factor : oneOf([0, 0.3, 1, 2.5], stream);
  const order = {
    target: node ? node.id : oneOf(byId(links), stream).id,
    unit: stream.chance(0.5) ? stream.below(4) : null,
    fault,
    factor: fault === 'traffic' ? Math.min(3, strength) : strength,
  };
  stage.faults = inject(stage.running, order, stage.faults);
}

function drawEdits(design: Design, features: Features, stream: Stream): Edit[] {
  if (features.has('places') && design.groups.length > 0 && stream.chance(0.2))
    return drawMove(design, stream);
  const scaling = features.has('scaling') && (!features.has('edits') || stream.chance(0.4));
  if (scaling) return drawScaling(design, features, stream);
  const nodes = byId(design.nodes);
  const links = byId(design.links);
  const fresh = (prefix: string) => `${prefix}${1000 + stream.below(1_000_000)}`;
  switch (stream.below(6)) {
    case 0: {
      const node = drawNode(
        fresh('n'),
        stream.chance(0.1) ? 'client' : drawKind(features, stream),
        features,
        stream,
      );
      return [
        { type: 'addNode', node },
        ...linksTo(
          design,
          node.id,
          nodes.map((n) => n.id),
          node.kind,
          features,
          stream,
        ),
      ];
    }
    case 1:
      return nodes.length < 2 ? [] : [{ type: 'removeElements', ids: [oneOf(nodes, stream).id] }];
    case 2:
      return links.length === 0 ? [] : [{ type: 'removeElements', ids: [oneOf(links, stream).id] }];
    case 3: {
      if (nodes.length < 2) return [];
      const [from, to] = [oneOf(nodes, stream).id, oneOf(nodes, stream).id];
      if (connectionProblem(design, from, to) !== null) return [];
      return [{ type: 'addLink', link: drawLink(fresh('l'), from, to, features, stream) }];
    }
    case 4:
      return nodes.length === 0 ? [] : [drawParam(oneOf(nodes, stream).id, design, features, stream)];
    default:
      if (links.length === 0) return [];
      return [drawParam(oneOf(links, stream).id, design, features, stream), ...regionEdit(design, stream)];
  }
}

function linksTo(
  design: Design,
  id: string,
  others: readonly string[],
  kind: string,
  features: Features,
  stream: Stream,
): Edit[] {
  const withNode = {
    ...design,
    nodes: [...design.nodes, { id, kind, label: id, position: { x: 0, y: 0 }, params: {} }],
  };
  const edits: Edit[] = [];
  for (const other of others) {
    const [from, to] = stream.chance(0.6) ? [other, id] : [id, other];
    if (edits.length > 1 || stream.chance(0.5) || connectionProblem(withNode, from, to) !== null) continue;
    edits.push({ type: 'addLink', link: drawLink(`l${id}${other}`, from, to, features, stream) });
  }
  // Two links from one caller that may have one only: the second is left to the first test of the rules.
  return edits.slice(0, 1);
}

function regionEdit(design: Design, stream: Stream): Edit[] {
  if (design.groups.length === 0 || design.nodes.length === 0) return [];
  return [
    {
      type: 'setGroup',
      ids: [oneOf(byId(design.nodes), stream).id],
      group: oneOf(byId(design.groups), stream).id,
    },
  ];
}

function drawParam(id: string, design: Design, features: Features, stream: Stream): Edit {
  const node = design.nodes.find((n) => n.id === id);
  const table: ParamTable = node ? KINDS[node.kind].spec.params : VOCABULARY.link;
  const name = oneOf(Object.keys(table), stream);
  return { type: 'setParam', ids: [id], name, value: drawValue(name, table[name], features, stream) };
}

const SIZES = [
  'instances',
  'workers',
  'shards',
  'slots',
  'threads',
  'queueLimit',
  'maxConnections',
  'capacityEntries',
];

function drawScaling(design: Design, features: Features, stream: Stream): Edit[] {
  const sized = byId(design.nodes).flatMap((node) =>
    SIZES.filter((name) => name in KINDS[node.kind].spec.params).map((name) => ({ node, name })),
  );
  if (sized.length === 0) return [];
  const { node, name } = oneOf(sized, stream);
  const value = drawValue(name, KINDS[node.kind].spec.params[name], features, stream);
  return [{ type: 'setParam', ids: [node.id], name, value }];
}

/** A group or a component moves, or two places come nearer. */
function drawMove(design: Design, stream: Stream): Edit[] {
  const { id } = oneOf(byId(design.groups), stream);
  switch (stream.below(3)) {
    case 0:
      return [{ type: 'setPlace', id, place: stream.chance(0.2) ? null : oneOf(PLACES, stream) }];
    case 1:
      return [
        { type: 'setRoundTrip', from: PLACES[0], to: PLACES[1 + stream.below(6)], rttMs: stream.below(9) },
      ];
    default:
      return [{ type: 'setGroup', ids: [oneOf(byId(design.nodes), stream).id], group: id }];
  }
}
