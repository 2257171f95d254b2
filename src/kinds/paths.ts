/** The paths that requests may ask for, and that links of a balancer may be for; the number of one is its place. */
export const PATHS = [
  { value: 'any', label: 'any path' },
  { value: 'a', label: '/a' },
  { value: 'b', label: '/b' },
  { value: 'c', label: '/c' },
  { value: 'd', label: '/d' },
] as const;

export function pathNumber(value: string): number {
  return Math.max(
    0,
    PATHS.findIndex((path) => path.value === value),
  );
}
