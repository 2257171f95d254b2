/**
 * A component dropped on a link goes in between where both halves are legal; what is only asked on the way (a cache)
 * goes beside it. Pure; it must not know the screen.
 */
import { connectionProblem } from '../../kinds/connect.ts';
import type { Design, DesignLink, DesignNode, Point } from '../../model/document.ts';
import { applyEdit } from '../../model/edits.ts';
import type { Edit } from '../../model/edit-data.ts';
import { freshId, ID_PREFIX } from '../../model/identity.ts';
import { nameOf } from '../run/design-source.ts';
import { boxOf, specOf } from './flow.ts';
import { linkCurve, pointAt } from './geometry.ts';
import { standInsOf } from './grouping.ts';

export interface Split {
  readonly linkId: string;
  /** What dropping here does, in words. */
  readonly words: string;
  /** To be carried out once the node is in the design. */
  readonly edits: readonly Edit[];
}

/** A drop this near to the middle part of a link is meant for it, in canvas units. */
const REACH = 30;
const SAMPLES = 24;

/** What a drop of the node with its middle at this point does to the nearest link; null where it does nothing. */
export function findSplit(design: Design, node: DesignNode, at: Point): Split | null {
  if (design.links.some((link) => link.from === node.id || link.to === node.id)) return null;
  const link = nearestLink(design, node.id, at);
  return link && splitWith(design, link, node);
}

export function splitWith(design: Design, link: DesignLink, node: DesignNode): Split | null {
  const present = design.nodes.some((each) => each.id === node.id)
    ? design
    : { ...design, nodes: [...design.nodes, node] };
  const name = nameOf(design, link.id);
  const without = { ...present, links: present.links.filter((each) => each !== link) };
  const fresh = freshId(design, ID_PREFIX.link);
  if (connectionProblem(without, link.from, node.id) === null) {
    // The caller's policy stays with the caller.
    const half: Edit = { type: 'relink', id: link.id, from: link.from, to: node.id };
    const other: Edit = { type: 'addLink', link: { id: fresh, from: node.id, to: link.to, params: {} } };
    const between = applyEdit(present, half);
    if (connectionProblem(between, node.id, link.to) === null) {
      return { linkId: link.id, words: `Put ${node.label} into ${name}`, edits: [half, other] };
    }
  }
  const isAside = specOf(node.kind)?.role === 'lookaside';
  if (!isAside || connectionProblem(present, link.from, node.id) !== null) return null;
  const beside: Edit = { type: 'addLink', link: { id: fresh, from: link.from, to: node.id, params: {} } };
  const words = `Put ${node.label} beside ${name}: ${nameOf(design, link.from)} asks it first`;
  return { linkId: link.id, words, edits: [beside] };
}

function nearestLink(design: Design, except: string, at: Point): DesignLink | null {
  const hidden = standInsOf(design);
  const boxes = new Map(
    design.nodes.filter(({ id }) => !hidden.has(id)).map((node) => [node.id, boxOf(node)]),
  );
  let best: DesignLink | null = null;
  let least = REACH;
  for (const link of design.links) {
    const from = boxes.get(link.from);
    const to = boxes.get(link.to);
    if (!from || !to || link.from === except || link.to === except) continue;
    const curve = linkCurve(from, to);
    for (let step = 1; step < SAMPLES; step++) {
      const point = pointAt(curve, step / SAMPLES);
      const distance = Math.hypot(point.x - at.x, point.y - at.y);
      if (distance <= least) [best, least] = [link, distance];
    }
  }
  return best;
}
