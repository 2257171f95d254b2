/** Every component of a design with its surroundings, as rules see it. It must not know any rule. */
import type { Design, DesignLink } from '../../model/document.ts';
import { withDefaults } from '../../model/params.ts';
import { ADVICE } from '../advice.ts';
import type { Advice, Expected, Neighbour, Place } from '../contract.ts';
import { LINK_PARAMS } from '../link.ts';
import { SPECS } from '../specs.ts';
import { waysIn, type Ways } from '../ways.ts';
import { expectedLoad } from './load.ts';
import type { Known, Policy, Wired } from './wiring.ts';

export function adviceOf(kind: string): Advice {
  return Object.hasOwn(ADVICE, kind) ? ADVICE[kind] : {};
}

/** In the order of the design; components of unknown kinds, and links to them, are left out. */
export function placesOf(design: Design): ReadonlyMap<string, Place> {
  const known = knownNodes(design);
  const load = expectedLoad(known);
  const neighbour = ({ link, policy, other }: Wired): Neighbour => {
    const { node, spec, traits } = known.get(other)!;
    return { link, policy, node, spec, traits, meanRps: load.linksRps.get(link.id) ?? 0 };
  };
  return new Map(
    [...known].map(([id, each]) => [
      id,
      {
        node: each.node,
        spec: each.spec,
        params: each.params,
        traits: each.traits,
        callers: each.in.map(neighbour),
        callees: each.out.map(neighbour),
        expected: load.nodes.get(id) ?? NOTHING,
      },
    ]),
  );
}

/** What a link is set to, with the latency that follows from the places of its ends: the longest, where it varies. */
function policyOf(link: DesignLink, ways: Ways): Policy {
  const policy = withDefaults(LINK_PARAMS, link.params);
  const rtts = ways(link).map((way) => way.rttMs);
  return rtts.length === 0 ? policy : { ...policy, latencyMs: Math.max(...rtts) / 2 };
}

const NOTHING: Expected = { meanRps: 0, peakRps: 0, isAtMost: false, sources: [] };

function knownNodes(design: Design): Map<string, Known> {
  const nodes = design.nodes.filter((node) => Object.hasOwn(SPECS, node.kind));
  const ids = new Set(nodes.map((node) => node.id));
  const out = new Map<string, Wired[]>();
  const into = new Map<string, Wired[]>();
  const ways = waysIn(design);
  const add = (map: Map<string, Wired[]>, id: string, wired: Wired) =>
    map.set(id, [...(map.get(id) ?? []), wired]);
  for (const link of design.links) {
    if (!ids.has(link.from) || !ids.has(link.to)) continue;
    const policy = policyOf(link, ways);
    add(out, link.from, { link, policy, other: link.to });
    add(into, link.to, { link, policy, other: link.from });
  }
  return new Map(
    nodes.map((node) => {
      const spec = SPECS[node.kind];
      const params = withDefaults(spec.params, node.params);
      const traits = adviceOf(node.kind).traits?.(params) ?? {};
      return [
        node.id,
        { node, spec, params, traits, out: out.get(node.id) ?? [], in: into.get(node.id) ?? [] },
      ];
    }),
  );
}
