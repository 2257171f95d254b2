/** Rules about one component, whatever its kind: is it reached, does it reach something, does all hang on it. */
import type { Edit } from '../../model/edit-data.ts';
import type { Finding, Fix, Neighbour, Place } from '../contract.ts';
import { adviceOf } from './places.ts';
import { number } from './words.ts';

export type NodeRule = (place: Place) => Finding | null;

const reachesNothing: NodeRule = ({ node, spec, callees }) => {
  if (callees.length > 0 || (spec.role !== 'source' && spec.role !== 'proxy')) return null;
  const isSource = spec.role === 'source';
  return {
    rule: 'reaches-nothing',
    severity: 'warning',
    text: isSource ? `${node.label} reaches nothing.` : `${node.label} has nothing to pass requests on to.`,
    why: isSource
      ? 'It is linked to no component, so no request is sent.'
      : 'Every request that comes here fails. Link it to what should answer.',
  };
};

const reachedByNobody: NodeRule = ({ node, spec, callers, expected }) => {
  if (spec.role === 'source' || expected.sources.length > 0) return null;
  return {
    rule: 'reached-by-nobody',
    severity: 'note',
    text: `No client reaches ${node.label}.`,
    why: callers.length > 0 ? 'Nothing that calls it gets requests either.' : 'Nothing calls it.',
  };
};

/** Worth saying only when something really depends on it: each call to it that fails, fails the request. */
const singlePointOfFailure: NodeRule = ({ node, traits, callers, expected }) => {
  if (traits.replicas !== 1 || expected.sources.length === 0) return null;
  const dependents = callers.filter((caller) => dependsOn(caller));
  if (dependents.length === 0) return null;
  const who = dependents.map((caller) => caller.node.label);
  const shown = who.length > 2 ? `${who[0]} and ${who.length - 1} others` : who.join(' and ');
  const fix = adviceOf(node.kind).secondUnit?.(node);
  return {
    rule: 'single-point-of-failure',
    severity: 'note',
    text: `${node.label} is a single point of failure: when it is down, ${shown} cannot do without it.`,
    why: 'Nothing takes over from it. Try it: crash it while the simulation runs.',
    ...(fix ? { fix } : {}),
  };
};

function dependsOn({ policy, traits }: Neighbour): boolean {
  // A chooser with several peers goes on with the others; who its peers are it knows itself.
  return policy.onFailure === 'fail' && policy.callShare > 0 && !traits.chooses;
}

/** The callers may hold more calls open than the callee admits. */
const poolsAboveConnections: NodeRule = ({ node, spec, traits, callers }) => {
  const { admits } = traits;
  if (spec.role !== 'store' || admits === undefined) return null;
  const pools = callers.flatMap((caller) => {
    const open = openCalls(caller);
    return open === null ? [] : [{ caller, open }];
  });
  const sum = pools.reduce((total, { open }) => total + open, 0);
  if (pools.length === 0 || sum <= admits) return null;
  const shares = pools
    .map(({ caller, open }) => `${caller.node.label} ${open === Infinity ? 'any number' : number(open)}`)
    .join(', ');
  const fix = bulkheads(pools, sum, admits);
  return {
    rule: 'pools-exceed-connections',
    severity: sum === Infinity ? 'note' : 'warning',
    text: `${node.label} admits ${number(admits)} calls at once, but its callers can hold ${sum === Infinity ? 'any number' : number(sum)} open (${shares}).`,
    why: 'Under load the rest is refused at once. Limit the callers so that they wait on their own side.',
    ...(fix ? { fix } : {}),
  };
};

/** Calls one neighbour may hold open towards the callee, all its units together; null when that is not known. */
function openCalls({ policy, traits }: Neighbour): number | null {
  const units = traits.callers;
  if (units === undefined) return null;
  const limited = policy.maxConcurrent > 0 ? policy.maxConcurrent * units : Infinity;
  const own = traits.holdsWhileWaiting ? (traits.servers ?? Infinity) : Infinity;
  return Math.min(limited, own);
}

function bulkheads(
  pools: readonly { readonly caller: Neighbour; readonly open: number }[],
  sum: number,
  admits: number,
): Fix | null {
  const edits: Edit[] = pools.map(({ caller, open }) => {
    const share = sum === Infinity ? 1 / pools.length : open / sum;
    const each = Math.floor((admits * share) / (caller.traits.callers ?? 1));
    return { type: 'setParam', ids: [caller.link.id], name: 'maxConcurrent', value: each };
  });
  // Fewer connections than callers: no limit per caller keeps within it.
  if (edits.some((edit) => edit.type === 'setParam' && edit.value === 0)) return null;
  const label = pools.length === 1 ? 'Put a bulkhead on the link' : 'Put bulkheads on the links';
  return { label, edit: { type: 'batch', label, edits } };
}

/** The expected load is more than it can do, dependencies included where it waits for them. */
const overloaded: NodeRule = ({ node, expected, ...place }) => {
  const { servers } = place.traits;
  const busyMs = heldMs(place);
  if (servers === undefined || busyMs === 0 || expected.isAtMost) return null;
  const canDo = (servers * 1_000) / busyMs;
  if (expected.peakRps <= canDo) return null;
  const isAlways = expected.meanRps > canDo;
  return {
    rule: 'overloaded',
    severity: 'warning',
    text: `${node.label} gets ${isAlways ? '' : 'up to '}${number(isAlways ? expected.meanRps : expected.peakRps)} requests a second and can do about ${number(canDo)}.`,
    why: 'Its queue grows until calls time out or are refused. Add capacity, or turn requests away earlier.',
  };
};

/** How long one request keeps a server, on average. */
export function heldMs({ traits, callees }: Pick<Place, 'traits' | 'callees'>): number {
  const own = traits.workMs ?? 0;
  if (!traits.holdsWhileWaiting) return own;
  return callees.reduce((sum, callee) => {
    // Behind a cache it is not known which calls are made.
    if (callee.policy.carries !== 'all' || callees.some((other) => other.traits.mayAnswer)) return sum;
    return sum + ((callee.traits.workMs ?? 0) + 2 * callee.policy.latencyMs) * callee.policy.callShare;
  }, own);
}

export const NODE_RULES: readonly NodeRule[] = [
  reachesNothing,
  reachedByNobody,
  poolsAboveConnections,
  overloaded,
  singlePointOfFailure,
];
