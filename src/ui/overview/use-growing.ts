/**
 * Closer to, what is painted becomes elements: a few in each picture, from the middle of the view outwards, so that the
 * page never stands still for them. It must not know what an element looks like.
 */
import { useEffect, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import type { Design } from '../../model/document.ts';
import { useServices } from '../app/context.ts';
import type { GeometryStore } from '../canvas/geometry-store.ts';
import { boundsOf, overlaps, type Box } from '../canvas/geometry.ts';
import { middleOf } from '../canvas/grouping.ts';

/** Elements made at least and at most for one picture, and how long making them may take, ms. */
const LEAST = 24;
const MOST = 160;
const WANTED_MS = 30;

export interface Growing {
  /** Close enough for elements. */
  readonly isClose: boolean;
  /** Makes elements of these components and links as well. */
  grow(ids: ReadonlySet<string>): void;
  /** All that is in view has become one. */
  finish(): void;
}

export function useGrowing(
  geometry: GeometryStore,
  frame: RefObject<HTMLElement | null>,
  { isClose, grow, finish }: Growing,
): void {
  const { design } = useServices();
  useEffect(() => {
    if (!isClose) return;
    const grown = new Set<string>();
    let most = LEAST;
    let tookMs = 0;
    let last = 0;
    const step = (now: number) => {
      if (last > 0) most = batchAfter(most, tookMs, now - last - tookMs);
      last = now;
      const view = viewIn(geometry, frame.current);
      const next = nextInView(design.getState().design, geometry, view, grown).slice(0, most);
      if (next.length === 0) return finish();
      for (const id of next) grown.add(id);
      const began = performance.now();
      // At once, so that what is measured is all that it takes.
      flushSync(() => grow(new Set(grown)));
      tookMs = performance.now() - began;
      asked = requestAnimationFrame(step);
    };
    let asked = requestAnimationFrame(step);
    return () => cancelAnimationFrame(asked);
  }, [design, geometry, frame, isClose, grow, finish]);
}

function viewIn(geometry: GeometryStore, frame: HTMLElement | null): Box {
  const { x, y, zoom } = geometry.viewport();
  const { clientWidth = 0, clientHeight = 0 } = frame ?? {};
  return { x: -x / zoom, y: -y / zoom, width: clientWidth / zoom, height: clientHeight / zoom };
}

/**
 * How many are made for the next picture, after so many took `tookMs` and the rest of that picture `restMs`: where a
 * picture takes long whatever is done in it, more are made in each, or it would never end.
 */
export function batchAfter(count: number, tookMs: number, restMs: number): number {
  const wanted = (count * Math.max(WANTED_MS, restMs)) / Math.max(1, tookMs);
  return Math.max(LEAST, Math.min(MOST, Math.round(wanted)));
}

/** What is in view and not yet grown: components first, for a link needs both of its own; nearest the middle first. */
export function nextInView(
  { links }: Pick<Design, 'links'>,
  geometry: Pick<GeometryStore, 'boxes' | 'curve'>,
  view: Box,
  grown: ReadonlySet<string>,
): string[] {
  const middle = middleOf(view);
  const distance = ({ x, y }: { x: number; y: number }) => Math.hypot(x - middle.x, y - middle.y);
  const nodes = [...geometry.boxes()]
    .filter(([id, box]) => !grown.has(id) && overlaps(box, view))
    .map(([id, box]) => ({ id, distance: distance(middleOf(box)) }));
  if (nodes.length > 0) return nodes.sort((a, b) => a.distance - b.distance).map(({ id }) => id);
  return links
    .filter(({ id, from, to }) => {
      if (grown.has(id) || !grown.has(from) || !grown.has(to)) return false;
      const curve = geometry.curve(id);
      const around =
        curve &&
        boundsOf([
          { ...curve.start, width: 1, height: 1 },
          { ...curve.end, width: 1, height: 1 },
        ]);
      return around !== null && overlaps(around, view);
    })
    .map(({ id }) => id);
}
