// A design in a few words, read as any foreign document would be, so that a misspelt parameter fails the test.
import { VOCABULARY } from '../../src/kinds/catalog.ts';
import type { Design, Drill } from '../../src/model/document.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { parseDesign } from '../../src/model/parse.ts';

/** Kind, parameters, region. */
export type Sketched = readonly [kind: string, params?: ParamOverrides, region?: string];

/** Nothing between caller and callee but the call: no latency, no timeout. */
export const DIRECT: ParamOverrides = { latencyMs: 0, attemptTimeoutMs: 0, totalTimeoutMs: 0 };

/** Nodes by id, links as "from > to"; the links are called l1, l2 … in this order. */
export function sketch(
  nodes: Readonly<Record<string, Sketched>>,
  links: Readonly<Record<string, ParamOverrides>>,
  more: { readonly seed?: number; readonly drills?: readonly Drill[] } = {},
): Design {
  const regions = [...new Set(Object.values(nodes).flatMap(([, , region]) => region ?? []))];
  const document = {
    format: 'loadbearing/1',
    name: 'Test',
    seed: more.seed ?? 1,
    drills: more.drills ?? [],
    groups: regions.map((label, i) => ({ id: `g${i + 1}`, kind: 'region', label })),
    nodes: Object.entries(nodes).map(([id, [kind, params = {}, region]]) => {
      const group = region === undefined ? {} : { group: `g${regions.indexOf(region) + 1}` };
      return { id, kind, label: id, position: { x: 0, y: 0 }, params, ...group };
    }),
    links: Object.entries(links).map(([ends, params], i) => {
      const [from, to] = ends.split(' > ');
      return { id: `l${i + 1}`, from, to, params };
    }),
  };
  const { design, problems } = parseDesign(document, VOCABULARY);
  if (!design || problems.length > 0)
    throw new Error(problems.map((p) => `${p.path}: ${p.message}`).join('\n'));
  return design;
}
