/**
 * The latency of links between places. A link whose latency is left at its default takes it from where its ends stand; one
 * that says a latency keeps it. It must not know any particular kind, nor how a run uses this.
 */
import type { Design, DesignLink, DesignNode, Group } from '../model/document.ts';
import {
  distanceBetween,
  groupsAround,
  standingIn,
  type Distance,
  type Standing,
} from '../model/standing.ts';
import type { KindSpec } from './contract.ts';
import { SPECS } from './specs.ts';

/** How far it is over a link, for what comes to its caller over the link `via` (`null`: for everything). */
export interface Way extends Distance {
  readonly via: string | null;
}

/** The latency param of a link: when it is said, places say nothing. */
const LATENCY = 'latencyMs';

/** The ways over a link by the places of the design; none where its own latency holds. */
export type Ways = (link: DesignLink) => readonly Way[];

const NONE: readonly Way[] = [];

export function waysIn(design: Design): Ways {
  const groups = new Map(design.groups.map((group) => [group.id, group]));
  const nodes = new Map(design.nodes.map((node) => [node.id, node]));
  const isMapped = design.groups.some((group) => group.place !== undefined);
  return (link) => {
    const [from, to] = [nodes.get(link.from), nodes.get(link.to)];
    if (!from || !to || Object.hasOwn(link.params, LATENCY)) return NONE;
    if (presenceOf(to) === 'signpost') return [{ via: null, rttMs: 0, words: 'no way of its own' }];
    if (!isMapped) return NONE;
    if (presenceOf(from) === undefined) {
      const distance = between(design, groups, from, to);
      return distance ? [{ via: null, ...distance }] : NONE;
    }
    return design.links.flatMap((into) => {
      const caller = into.to === from.id ? nodes.get(into.from) : undefined;
      // An edge has its users behind it: what it asks, it asks from within the region.
      const distance = caller && between(design, groups, caller, to, presenceOf(from) === 'signpost');
      return distance ? [{ via: into.id, ...distance }] : [];
    });
  };
}

/** Whether a cut around any of these groups parts two components. What has no place of its own stands outside of all. */
export function partedBy(design: Design, cut: ReadonlySet<string>): (from: string, to: string) => boolean {
  const cutGroups = design.groups.filter((group) => cut.has(group.id)).map((group) => group.id);
  if (cutGroups.length === 0) return () => false;
  const groups = new Map(design.groups.map((group) => [group.id, group]));
  const around = new Map(design.nodes.map((node) => [node.id, groupsAround(groups, node.group)]));
  const isIn = (node: string, group: string): boolean => around.get(node)?.includes(group) ?? false;
  return (from, to) => cutGroups.some((group) => isIn(from, group) !== isIn(to, group));
}

function between(
  design: Design,
  groups: ReadonlyMap<string, Group>,
  from: DesignNode,
  to: DesignNode,
  asUser = true,
): Distance | null {
  const a = standingOf(groups, from, asUser);
  const b = presenceOf(to) === 'edge' ? a && { ...a, isUser: false } : standingOf(groups, to, asUser);
  return a && b && distanceBetween(design, a, b);
}

function standingOf(groups: ReadonlyMap<string, Group>, node: DesignNode, asUser: boolean): Standing | null {
  return standingIn(groups, node.group, asUser && specOf(node)?.role === 'source');
}

export function presenceOf(node: DesignNode): KindSpec['presence'] {
  return specOf(node)?.presence;
}

function specOf(node: DesignNode): KindSpec | undefined {
  return Object.hasOwn(SPECS, node.kind) ? SPECS[node.kind] : undefined;
}
