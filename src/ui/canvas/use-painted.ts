/**
 * Whether the board is painted instead of built of elements, and what of it is an element all the same: what is under
 * the pointer, selected alone, renamed or being linked, so that it can be pressed, dragged and written in as ever. It
 * must not know how the rest is painted.
 */
import { lazy, useEffect, useMemo, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import type { Design, Point } from '../../model/document.ts';
import { useServices, useView, type Services } from '../app/context.ts';
import { openGroupMenu, openLinkMenu, openNodeMenu, openNoteMenu, openPaneMenu } from '../menu/open.ts';
import type { BoardNode, LinkEdge } from './flow.ts';
import type { GeometryStore } from './geometry-store.ts';
import { linkUnder, nodeUnder } from './under-point.ts';
import type { Selecting } from './use-selecting.ts';

/** Components and links that a page can hold as elements and still move in step with the screen. */
const MOST_ELEMENTS = 250;
/** A pointer this near to a link means it, CSS pixels. */
const REACH = 6;
/** Each kind of thing on the canvas has a menu of its own. */
export const MENUS = { card: openNodeMenu, note: openNoteMenu, group: openGroupMenu };
const NO_EDGES: LinkEdge[] = [];

const loadOverview = () => import('../overview/Overview.tsx');
/** What paints the board. */
export const Overview = lazy(loadOverview);

/** True once there are too many elements, and what paints them has been fetched: as soon as a design is large. */
export function useIsPainted(design: Design, isFar: boolean): boolean {
  const [isReady, setReady] = useState(false);
  const isLarge = design.nodes.length + design.links.length > MOST_ELEMENTS;
  useEffect(() => {
    if (!isLarge) return;
    // Without it the board stays as it is: slow, and whole.
    loadOverview().then(
      () => setReady(true),
      () => {},
    );
  }, [isLarge]);
  return isLarge && isFar && isReady;
}

/** The arrays for React Flow: everything, or only what is touched. */
export function useMounted(
  geometry: GeometryStore,
  frame: RefObject<HTMLElement | null>,
  isPainted: boolean,
  all: { readonly nodes: BoardNode[]; readonly edges: LinkEdge[] },
): { nodes: BoardNode[]; edges: LinkEdge[] } {
  const hovered = useHovered(geometry, frame, isPainted);
  const renamed = useView((view) => view.renaming);
  const linked = useView((view) => view.linking?.from ?? null);
  const selected = useView((view) => (view.selection.size === 1 ? [...view.selection][0] : null));
  return useMemo(() => {
    if (!isPainted) return { nodes: all.nodes, edges: all.edges };
    const touched = new Set([hovered, renamed, linked, selected]);
    // Names and the order of Tab are the overview's.
    const nodes = all.nodes
      .filter(({ id, type }) => type !== 'card' || touched.has(id))
      .map((node) => (node.type === 'card' ? { ...node, domAttributes: { tabIndex: -1 } } : node));
    return { nodes, edges: NO_EDGES };
  }, [isPainted, all.nodes, all.edges, hovered, renamed, linked, selected]);
}

/** The component under a pointer that nothing is held with; the link there becomes the hovered one. */
function useHovered(
  geometry: GeometryStore,
  frame: RefObject<HTMLElement | null>,
  isPainted: boolean,
): string | null {
  const services = useServices();
  const [hovered, setHovered] = useState<string | null>(null);
  useEffect(() => {
    const canvas = frame.current;
    if (!canvas || !isPainted) return;
    let last: string | null = null;
    const show = (id: string | null) => {
      // At once: the press that may follow has to meet an element.
      if (id !== last) flushSync(() => setHovered(id));
      last = id;
    };
    const move = (event: PointerEvent) => {
      if (event.buttons !== 0 || event.pointerType === 'touch') return;
      const isOver = (event.target as Element).closest('.react-flow__pane') !== null;
      const found = isOver ? paintedAt(services, geometry, event) : null;
      show(found?.node ?? null);
      services.view.setState({ hoveredLink: found?.link ?? null });
    };
    const leave = (event: PointerEvent) => event.buttons === 0 && show(null);
    canvas.addEventListener('pointermove', move);
    canvas.addEventListener('pointerleave', leave);
    return () => {
      canvas.removeEventListener('pointermove', move);
      canvas.removeEventListener('pointerleave', leave);
      setHovered(null);
    };
  }, [services, geometry, frame, isPainted]);
  return hovered;
}

interface At {
  readonly clientX: number;
  readonly clientY: number;
}

function paintedAt(
  { design, canvas }: Services,
  geometry: GeometryStore,
  { clientX: x, clientY: y }: At,
): { readonly node: string | null; readonly link: string | null } {
  const point: Point | null = canvas.pointAt({ x, y });
  const node = point && nodeUnder(geometry, point);
  const reach = REACH / geometry.viewport().zoom;
  const link = point && node === null ? linkUnder(design.getState().design, geometry, point, reach) : null;
  return { node, link };
}

/** What is painted is pressed through the pane: links always, and components with a finger. */
export function usePane(geometry: GeometryStore, isPainted: boolean, selecting: Selecting) {
  const services = useServices();
  return useMemo(() => {
    const onPaneContextMenu = (event: MouseEvent | (At & { preventDefault(): void })) =>
      openPaneMenu(services, event);
    if (!isPainted) return { onPaneContextMenu };
    return {
      onPaneClick(event: At) {
        const { node, link } = paintedAt(services, geometry, event);
        // React Flow forgets the selection of its elements right after this.
        queueMicrotask(() => selecting.pick(node ?? link));
      },
      onPaneContextMenu(event: At & { preventDefault(): void }) {
        const { node, link } = paintedAt(services, geometry, event);
        if (link) openLinkMenu(services, event, link);
        else if (node) openNodeMenu(services, event, node);
        else onPaneContextMenu(event);
      },
    };
  }, [services, geometry, isPainted, selecting]);
}
