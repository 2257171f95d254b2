/** Places components in columns: each one right of everything that calls it. It must not know where they came from. */
import type { Design } from '../../model/document.ts';
import { nodeSize, GRID } from '../canvas/geometry.ts';

const COLUMN = 14 * GRID;
const ROW = 8 * GRID;

export function layered(design: Design): Design {
  const column = columnsOf(design);
  const callers = new Map<string, string[]>();
  for (const { from, to } of design.links) callers.set(to, [...(callers.get(to) ?? []), from]);
  const rowOf = new Map<string, number>();
  const columns = Math.max(...column.values()) + 1;
  const placed = new Map<string, { x: number; y: number }>();
  for (let at = 0; at < columns; at++) {
    const wish = (id: string) => {
      const rows = (callers.get(id) ?? []).map((caller) => rowOf.get(caller) ?? 0);
      return rows.length === 0 ? 0 : rows.reduce((sum, row) => sum + row, 0) / rows.length;
    };
    const members = design.nodes
      .filter((node) => column.get(node.id) === at)
      .map((node) => ({ id: node.id, wish: wish(node.id), group: node.group ?? '' }))
      .sort((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : a.wish - b.wish));
    members.forEach(({ id }, index) => {
      const row = index - (members.length - 1) / 2;
      rowOf.set(id, row);
      placed.set(id, { x: at * COLUMN, y: Math.round((row * ROW) / GRID) * GRID });
    });
  }
  const middle = nodeSize({ unitNoun: 'unit' }).height / 2;
  return {
    ...design,
    nodes: design.nodes.map((node) => ({
      ...node,
      position: { x: placed.get(node.id)!.x, y: placed.get(node.id)!.y - middle },
    })),
  };
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
