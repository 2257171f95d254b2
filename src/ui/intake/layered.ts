/**
 * Places components in columns, each one right of everything that calls it, and regions one below the other, so that no
 * frame lies over another. It must not know where the components came from.
 */
import type { Design, DesignNode } from '../../model/document.ts';
import { boxOf } from '../canvas/flow.ts';
import { GRID } from '../canvas/geometry.ts';

const COLUMN = 14 * GRID;
const ROW = 8 * GRID;
/** Room for the frame and the name of a region. */
const FRAME = 3 * GRID;

/** A region with what is in it, or what is in none. */
interface Band {
  readonly own: ReadonlyMap<number, readonly DesignNode[]>;
  readonly inner: readonly Band[];
  /** First and last column. */
  readonly from: number;
  readonly to: number;
  readonly height: number;
  /** Of the inner regions, one below the other. */
  readonly innerHeight: number;
  /** Of these and of the columns beside them. */
  readonly coreHeight: number;
  /** Of the columns that would lie over inner regions and stand below them. */
  readonly belowHeight: number;
}

export function layered(design: Design): Design {
  const column = columnsOf(design);
  const callers = new Map<string, string[]>();
  for (const { from, to } of design.links) callers.set(to, [...(callers.get(to) ?? []), from]);
  const known = new Set(design.groups.map(({ id }) => id));
  const middles = new Map<string, number>();
  const standAt = (band: Band, top: number) => {
    const core = top + band.coreHeight / 2;
    const below = top + band.coreHeight + band.belowHeight / 2;
    let next = core - band.innerHeight / 2;
    const wish = ({ id }: DesignNode) => {
      const above = (callers.get(id) ?? []).map((caller) => middles.get(caller) ?? core);
      return above.length === 0 ? core : above.reduce((sum, each) => sum + each, 0) / above.length;
    };
    for (const [at, members] of [...band.own].sort(([a], [b]) => a - b)) {
      const middle = isOver(at, band.inner) ? below : core;
      const wishes = new Map(members.map((node) => [node.id, wish(node)]));
      const ordered = [...members].sort((a, b) => wishes.get(a.id)! - wishes.get(b.id)!);
      ordered.forEach(({ id }, row) => middles.set(id, middle + (row - (members.length - 1) / 2) * ROW));
    }
    for (const inner of band.inner) {
      standAt(inner, next + FRAME / 2);
      next += inner.height;
    }
  };
  const root = bandOf(design, column, undefined, known);
  standAt(root, -root.height / 2);
  return {
    ...design,
    nodes: design.nodes.map((node) => {
      const { height } = boxOf(node);
      // Heights differ: with their middles on one line, links run straight.
      const y = Math.round(middles.get(node.id)! / (GRID / 2)) * (GRID / 2) - height / 2;
      return { ...node, position: { x: column.get(node.id)! * COLUMN, y } };
    }),
  };
}

function bandOf(
  design: Design,
  column: ReadonlyMap<string, number>,
  group: string | undefined,
  known: ReadonlySet<string>,
): Band {
  const isHere = (parent: string | undefined) =>
    group === undefined ? parent === undefined || !known.has(parent) : parent === group;
  const inner = design.groups
    .filter(({ id, parent }) => id !== group && isHere(parent))
    .map(({ id }) => bandOf(design, column, id, known))
    .filter(({ height }) => height > 0);
  const own = new Map<number, DesignNode[]>();
  for (const node of design.nodes) {
    if (!isHere(node.group)) continue;
    const at = column.get(node.id)!;
    own.set(at, [...(own.get(at) ?? []), node]);
  }
  const rows = (are: (at: number) => boolean) =>
    Math.max(0, ...[...own].filter(([at]) => are(at)).map(([, members]) => members.length));
  const innerHeight = inner.reduce((sum, { height }) => sum + height, 0);
  const coreHeight = Math.max(innerHeight, ROW * rows((at) => !isOver(at, inner)));
  const belowHeight = ROW * rows((at) => isOver(at, inner));
  const columns = [...own.keys(), ...inner.flatMap(({ from, to }) => [from, to])];
  const content = coreHeight + belowHeight;
  return {
    own,
    inner,
    from: Math.min(...columns),
    to: Math.max(...columns),
    height: content + (group === undefined || content === 0 ? 0 : FRAME),
    innerHeight,
    coreHeight,
    belowHeight,
  };
}

/** Whether a column crosses one of these regions. */
function isOver(column: number, bands: readonly Band[]): boolean {
  return bands.some(({ from, to }) => from <= column && column <= to);
}

/** Longest way from a component nobody calls. Designs have no loops. */
function columnsOf({ nodes, links }: Design): Map<string, number> {
  const open = new Map(nodes.map((node) => [node.id, 0]));
  for (const { to } of links) open.set(to, (open.get(to) ?? 0) + 1);
  const column = new Map(nodes.map((node) => [node.id, 0]));
  const waiting = nodes.filter((node) => open.get(node.id) === 0).map((node) => node.id);
  for (const id of waiting) {
    for (const { from, to } of links) {
      if (from !== id) continue;
      column.set(to, Math.max(column.get(to)!, column.get(id)! + 1));
      open.set(to, open.get(to)! - 1);
      if (open.get(to) === 0) waiting.push(to);
    }
  }
  return column;
}
