/**
 * Whether the board is painted instead of built of elements, and the elements that are left then: what is touched, so
 * that it can be pressed, dragged and written in as ever. It must not know how the rest is painted or found.
 */
import { lazy, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { Design } from '../../model/document.ts';
import type { BoardNode, LinkEdge } from './flow.ts';
import type { Growing } from '../overview/use-growing.ts';
import type { PaintedPresses } from './painted-presses.ts';

/** Components and links that a page can hold as elements and still move in step with the screen. */
const MOST_ELEMENTS = 150;
const NO_EDGES: LinkEdge[] = [];
const NOTHING: ReadonlySet<string> = new Set();

const loadOverview = () => import('../overview/Overview.tsx');
/** What paints the board. */
export const Overview = lazy(loadOverview);

export interface Painted {
  readonly isPainted: boolean;
  /** The arrays for React Flow: everything, or only what is touched, or has become an element already. */
  readonly nodes: BoardNode[];
  readonly edges: LinkEdge[];
  /** Filled in by what paints. */
  readonly presses: RefObject<PaintedPresses | null>;
  touch(ids: ReadonlySet<string>): void;
  readonly growing: Growing;
}

export function usePainted(design: Design, isFar: boolean, nodes: BoardNode[], edges: LinkEdge[]): Painted {
  const isReady = useIsReady(design);
  const [touched, touch] = useState(NOTHING);
  // Null: everything is an element. Seen from afar nothing is; closer to, ever more become one while the rest is painted.
  const [grown, grow] = useState<ReadonlySet<string> | null>(null);
  if (isReady && isFar && grown !== NOTHING) grow(NOTHING);
  const isPainted = isReady && grown !== null;
  const presses = useRef<PaintedPresses>(null);
  const mounted = useMemo(() => {
    if (!isPainted) return nodes;
    return nodes.flatMap((node) => {
      if (node.type !== 'card' || grown.has(node.id)) return [node];
      return touched.has(node.id) ? [{ ...node, domAttributes: { tabIndex: -1 } }] : [];
    });
  }, [isPainted, nodes, touched, grown]);
  const lines = useMemo(
    () => (isPainted ? (grown.size > 0 ? edges.filter(({ id }) => grown.has(id)) : NO_EDGES) : edges),
    [isPainted, edges, grown],
  );
  const growing = useMemo(() => ({ isClose: !isFar, grow, finish: () => grow(null) }), [isFar]);
  return { isPainted, nodes: mounted, edges: lines, presses, touch, growing };
}

/** True once there are too many elements, and what paints them has been fetched: as soon as a design is large. */
function useIsReady(design: Design): boolean {
  const [isReady, setReady] = useState(false);
  const isLarge = design.nodes.length + design.links.length > MOST_ELEMENTS;
  useEffect(() => {
    // Without it the board stays as it is: slow, and whole.
    if (isLarge)
      loadOverview().then(
        () => setReady(true),
        () => {},
      );
  }, [isLarge]);
  return isLarge && isReady;
}
