/** Rules about links that are for a path or a header. It must not know any kind. */
import type { Finding, Neighbour } from '../contract.ts';
import { ANY_ROUTE, PATHS, routeLabel, routeNumber } from '../routes.ts';
import type { NodeRule } from './node-rules.ts';
import { onlyRouteFor, routesFor } from './wiring.ts';
import { setParam } from './words.ts';

/** Requests that come for a route which no link takes. */
const routeless: NodeRule = ({ node, traits, callees, expected }) => {
  if (!traits.routes || callees.length === 0) return null;
  const asked = new Set(expected.sources.map(({ starts }) => starts?.route ?? ANY_ROUTE));
  const lost = [...asked].filter((route) => routesFor(callees, route).length === 0);
  if (lost.length === 0) return null;
  const words = lost.map((route) => routeLabel(route) || 'nothing in particular');
  return {
    rule: 'path-without-route',
    severity: 'warning',
    text: `Requests for ${words.sort().join(' and ')} find no way behind ${node.label}.`,
    why: 'All of its links are for others, so they fail. Let one be for any path and header.',
    ...openingUp(callees),
  };
};

/** What makes the first link it can be done to with one param one for everything. */
function openingUp(callees: readonly Neighbour[]): Pick<Finding, 'fix'> {
  const wide = callees.find(({ policy }) => policy.path === 'any' || policy.header === 'any');
  if (!wide) return {};
  const name = wide.policy.path === 'any' ? 'header' : 'path';
  return {
    fix: setParam(`Let the link to ${wide.node.label} be for any ${name}`, wide.link.id, name, undefined),
  };
}

/** Links that a router of single ways never takes, because another one is for the same route. */
const routeNeverTaken: NodeRule = (place) => {
  const { node, traits, callees } = place;
  if (!traits.routes || traits.chooses) return null;
  const unused = callees.find((callee) => onlyRouteFor(callees, routeNumber(callee.policy)) !== callee);
  if (!unused) return null;
  const route = routeNumber(unused.policy);
  const taken = new Set(callees.map(({ policy }) => routeNumber(policy)));
  const free = PATHS.find(({ value }) => !taken.has(routeNumber({ ...unused.policy, path: value })));
  const label = routeLabel(route) || PATHS[0].label;
  return {
    rule: 'route-never-taken',
    severity: 'warning',
    text: `${node.label} sends nothing to ${unused.node.label}: another link is for ${label} too.`,
    why: 'Each request goes over the first link for its route. Give this one a route of its own.',
    ...(free ? { fix: setParam(`Let it be for ${free.label}`, unused.link.id, 'path', free.value) } : {}),
  };
};

export const ROUTE_RULES: readonly NodeRule[] = [routeless, routeNeverTaken];
