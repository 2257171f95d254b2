/**
 * What requests may say of themselves by which links are chosen: the path they ask for, and the value of one header.
 * A route is both in one number: of the path in the lowest three bits, of the header above.
 */
export const PATHS = [
  { value: 'any', label: 'any path' },
  { value: 'a', label: '/a' },
  { value: 'b', label: '/b' },
  { value: 'c', label: '/c' },
  { value: 'd', label: '/d' },
] as const;

export const HEADERS = [
  { value: 'any', label: 'any' },
  { value: 'a', label: 'group a' },
  { value: 'b', label: 'group b' },
  { value: 'c', label: 'group c' },
] as const;

const HEADER_SHIFT = 3;
const PATH_BITS = (1 << HEADER_SHIFT) - 1;

/** Of requests that say neither, and of links for everything. */
export const ANY_ROUTE = 0;
/** Routes are numbers below this. */
export const ROUTES = HEADERS.length << HEADER_SHIFT;

/** A link or a client with these settings; names that are not known count as any. */
export function routeNumber({ path, header }: { readonly path: string; readonly header: string }): number {
  return placeOf(PATHS, path) | (placeOf(HEADERS, header) << HEADER_SHIFT);
}

export function pathOf(route: number): number {
  return route & PATH_BITS;
}

export function headerOf(route: number): number {
  return route >> HEADER_SHIFT;
}

/**
 * How closely a link fits a request, by the routes of both: −1 where it is for others; the more of what the request says
 * it asks for the more, and a path is more than a header (as routes of Kubernetes' Gateway API).
 */
export function fit(link: number, request: number): number {
  const path = pathOf(link);
  const header = headerOf(link);
  if (path !== 0 && path !== pathOf(request)) return -1;
  if (header !== 0 && header !== headerOf(request)) return -1;
  return (path === 0 ? 0 : 2) + (header === 0 ? 0 : 1);
}

/** "/a · group b"; empty for any. */
export function routeLabel(route: number): string {
  const words: string[] = [];
  if (pathOf(route) > 0) words.push(PATHS[pathOf(route)].label);
  if (headerOf(route) > 0) words.push(HEADERS[headerOf(route)].label);
  return words.join(' · ');
}

function placeOf(list: readonly { readonly value: string }[], value: string): number {
  return Math.max(
    0,
    list.findIndex((each) => each.value === value),
  );
}
