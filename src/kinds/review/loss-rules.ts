/**
 * Whether what is left can take the load when one region or zone is lost: with N alike at utilisation u, the others come
 * to u·N ∕ (N−1). Looks at whatever chooses among callees in several groups. It must not know any kind.
 */
import type { Finding, Neighbour, Place } from '../contract.ts';
import { heldMs, type NodeRule } from './node-rules.ts';
import { number } from './words.ts';

export function lossRules(places: ReadonlyMap<string, Place>): readonly NodeRule[] {
  const known = new Map<string, number>();
  const capacityOf = (id: string): number => {
    if (known.has(id)) return known.get(id)!;
    // For what stands in a loop.
    known.set(id, Infinity);
    const place = places.get(id);
    const capacity = place ? ownCapacity(place, capacityOf) : Infinity;
    known.set(id, capacity);
    return capacity;
  };
  return [(place) => lossOverloads(place, capacityOf), unitLossOverloads];
}

/** Requests per second a component can take, with what it hands them on to; Infinity where nothing says. */
function ownCapacity({ traits, callees }: Place, capacityOf: (id: string) => number): number {
  if (traits.servers !== undefined) {
    const busyMs = heldMs({ traits, callees });
    return busyMs === 0 ? Infinity : (traits.servers * 1_000) / busyMs;
  }
  if (traits.chooses) return callees.reduce((sum, { node }) => sum + capacityOf(node.id), 0);
  return callees.length === 1 ? capacityOf(callees[0].node.id) : Infinity;
}

function lossOverloads(place: Place, capacityOf: (id: string) => number): Finding | null {
  const { spec, traits, callees, expected } = place;
  if (!traits.chooses || expected.isAtMost || expected.peakRps === 0) return null;
  const regions = new Map<string, { names: string[]; capacity: number }>();
  for (const callee of callees) {
    const key = callee.node.group ?? (spec.presence === 'signpost' ? callee.node.id : '');
    const region = regions.get(key) ?? { names: [], capacity: 0 };
    region.names.push(callee.node.label);
    region.capacity += capacityTowards(callee, capacityOf);
    regions.set(key, region);
  }
  const sum = [...regions.values()].reduce((total, { capacity }) => total + capacity, 0);
  if (regions.size < 2 || !Number.isFinite(sum) || expected.peakRps > sum) return null;
  const lost = [...regions.values()].reduce((most, each) => (each.capacity > most.capacity ? each : most));
  const left = sum - lost.capacity;
  if (expected.peakRps < left) return null;
  const [many, load] = [regions.size, Math.round((100 * expected.peakRps) / left)];
  return {
    rule: 'loss-overloads-rest',
    severity: 'warning',
    text: `When ${lost.names.join(' and ')} is lost, the rest gets ${number(expected.peakRps)} requests a second: ${load} % of what it can do.`,
    why: `${many} regions or zones that are alike may each be ${Math.floor((100 * (many - 1)) / many)} % busy at most, or losing one overloads the others.`,
  };
}

/** The same for the units of one component, of which the callers get another when one is lost. */
function unitLossOverloads({ node, traits, callees, expected }: Place): Finding | null {
  const { replicas = 1, callers, servers } = traits;
  // Under an autoscaler their number is not known.
  if (replicas < 2 || replicas !== callers || servers === undefined || expected.isAtMost) return null;
  const busyMs = heldMs({ traits, callees });
  const canDo = busyMs === 0 ? Infinity : (servers * 1_000) / busyMs;
  const left = (canDo * (replicas - 1)) / replicas;
  if (expected.peakRps > canDo || expected.peakRps < left) return null;
  const load = Math.round((100 * expected.peakRps) / left);
  return {
    rule: 'unit-loss-overloads-rest',
    severity: 'note',
    text: `When one of the ${number(replicas)} of ${node.label} is lost, the rest gets ${number(expected.peakRps)} requests a second: ${load} % of what it can do.`,
    why: `Of ${number(replicas)} alike each may be ${Math.floor((100 * (replicas - 1)) / replicas)} % busy at most, or losing one overloads the others.`,
  };
}

function capacityTowards({ node, policy }: Neighbour, capacityOf: (id: string) => number): number {
  const capacity = capacityOf(node.id);
  return policy.capacityRps > 0 ? Math.min(capacity, policy.capacityRps) : capacity;
}
