/** Frames of regions and zones around what is in them, outermost first. */
import type { Design, Group } from '../../model/document.ts';
import { boundsOf, type Box } from '../canvas/geometry.ts';

export interface Frame {
  readonly box: Box;
  readonly label: string;
  readonly isZone: boolean;
}

/** The room that Regions leaves on the canvas. */
const MARGIN = 24;
const MOST_NESTED = 8;

export function frames(design: Design, boxes: ReadonlyMap<string, Box>): Frame[] {
  const hull = (group: Group, depth: number): Box | null => {
    const members = design.nodes.filter((node) => node.group === group.id).map((node) => boxes.get(node.id));
    const inner = depth > MOST_NESTED ? [] : design.groups.filter((each) => each.parent === group.id);
    const parts = [...members, ...inner.map((each) => hull(each, depth + 1))];
    return boundsOf(
      parts.filter((box) => box !== null && box !== undefined),
      MARGIN,
    );
  };
  return design.groups
    .flatMap((group) => {
      const box = hull(group, 0);
      return box ? [{ box, label: group.label, isZone: group.kind === 'zone' }] : [];
    })
    .sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
}
