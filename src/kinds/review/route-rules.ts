/** Rules about links that are for a path. It must not know any kind. */
import { PATHS, pathNumber } from '../paths.ts';
import type { NodeRule } from './node-rules.ts';
import { onlyRouteFor, routesFor } from './wiring.ts';
import { setParam } from './words.ts';

/** Requests that come for a path which no link takes. */
const pathWithoutRoute: NodeRule = ({ node, traits, callees, expected }) => {
  if (!traits.routes || callees.length === 0) return null;
  const asked = new Set(expected.sources.map(({ starts }) => pathNumber(starts?.path ?? '')));
  const lost = [...asked].filter((path) => routesFor(callees, path).length === 0);
  if (lost.length === 0) return null;
  const words = lost.map((path) => (path === 0 ? 'no path in particular' : PATHS[path].label));
  return {
    rule: 'path-without-route',
    severity: 'warning',
    text: `Requests for ${words.sort().join(' and ')} find no way behind ${node.label}.`,
    why: 'All of its links are for other paths, so they fail. Let one be for any path.',
    fix: setParam('Let its first link be for any path', callees[0].link.id, 'path', undefined),
  };
};

/** Links that a router of single ways never takes, because another one is for the same path. */
const routeNeverTaken: NodeRule = (place) => {
  const { node, traits, callees } = place;
  if (!traits.routes || traits.chooses) return null;
  const unused = callees.find((callee) => onlyRouteFor(callees, pathNumber(callee.policy.path)) !== callee);
  if (!unused) return null;
  const free = PATHS.slice(1).find(({ value }) => callees.every(({ policy }) => policy.path !== value));
  const { label } = PATHS[pathNumber(unused.policy.path)];
  return {
    rule: 'route-never-taken',
    severity: 'warning',
    text: `${node.label} sends nothing to ${unused.node.label}: another link is for ${label} too.`,
    why: 'Each request goes over the first link for its path. Give this one a path of its own.',
    ...(free ? { fix: setParam(`Let it be for ${free.label}`, unused.link.id, 'path', free.value) } : {}),
  };
};

export const ROUTE_RULES: readonly NodeRule[] = [pathWithoutRoute, routeNeverTaken];
