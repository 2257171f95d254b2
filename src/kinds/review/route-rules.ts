/** Rules about links that are for a path, and which of them a request takes. It must not know any kind. */
import type { Neighbour } from '../contract.ts';
import { PATHS, pathNumber } from '../paths.ts';
import type { NodeRule } from './node-rules.ts';
import { setParam } from './words.ts';

type Routed = Pick<Neighbour, 'link' | 'policy'>;

/** The links for a path, or those for any where it has none; in the order in which they are tried. */
export function routesFor<T extends Routed>(links: readonly T[], path: number): readonly T[] {
  const sorted = [...links].sort((a, b) => (a.link.id < b.link.id ? -1 : 1));
  const own = sorted.filter(({ policy }) => pathNumber(policy.path) === path);
  return own.length > 0 ? own : sorted.filter(({ policy }) => pathNumber(policy.path) === 0);
}

/** Requests that come for a path which no link takes. */
const pathWithoutRoute: NodeRule = ({ node, traits, callees, expected }) => {
  if (!traits.routes || callees.length === 0) return null;
  const asked = new Set(expected.sources.map(({ starts }) => pathNumber(starts?.path ?? '')));
  const lost = [...asked].filter((path) => routesFor(callees, path).length === 0);
  if (lost.length === 0) return null;
  const [general, ...paths] = [
    lost.includes(0),
    ...lost.filter((path) => path > 0).map((path) => PATHS[path].label),
  ];
  const what = [...paths, ...(general ? ['no path in particular'] : [])].join(' and ');
  return {
    rule: 'path-without-route',
    severity: 'warning',
    text: `Requests for ${what} find no way behind ${node.label}.`,
    why: 'All of its links are for other paths, so they fail. Let one be for any path.',
    fix: setParam('Let its first link be for any path', callees[0].link.id, 'path', undefined),
  };
};

/** Links that a router of single ways never takes, because another one is for the same path. */
const routeNeverTaken: NodeRule = (place) => {
  const { node, traits, callees } = place;
  if (!traits.routes || traits.chooses) return null;
  const unused = callees.find((callee) => routesFor(callees, pathNumber(callee.policy.path))[0] !== callee);
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
