/**
 * Where things are on the canvas: the size of a node before it is drawn, and the curve of a link. The link component
 * and the layer of moving dots take the same curve from here, so that dots run exactly on the line. It must not know
 * React, React Flow or the run.
 */
import type { KindSpec } from '../../kinds/contract.ts';
import type { Note, Point, Viewport } from '../../model/document.ts';

/** A rectangle in canvas units. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A cubic Bezier in canvas units: start, two control points, end (the tip of the arrow). */
export interface LinkCurve {
  readonly start: Point;
  readonly control1: Point;
  readonly control2: Point;
  readonly end: Point;
}

/** What a layer over the canvas needs to draw in step with it. */
export interface CanvasGeometry {
  /** The curve of a link as it is drawn now, also while a node is dragged; null for an unknown link. */
  curve(linkId: string): LinkCurve | null;
  /** screen = canvas × zoom + (x, y), in CSS pixels from the canvas's top left corner. */
  viewport(): Viewport;
  /** Called after nodes moved, links changed or the view moved. Returns the way out. */
  subscribe(listener: () => void): () => void;
}

/** Distance of the dot grid and of a nudge, in canvas units. */
export const GRID = 20;
export const NODE_WIDTH = 160;
const NODE_HEIGHT = 90;
const PIPS_HEIGHT = 20;
/** Length of the arrow head in front of the callee. */
export const ARROW = 9;

/** Size of a node; the same for all nodes of a kind, so that nothing has to be measured. */
export function nodeSize(spec: Pick<KindSpec, 'unitNoun'> | null): { width: number; height: number } {
  return { width: NODE_WIDTH, height: NODE_HEIGHT + (spec?.unitNoun ? PIPS_HEIGHT : 0) };
}

const NOTE_WIDTH = 200;
const NOTE_LINE = 18;
const NOTE_EDGE = 20;
/** Characters that stand on a line of a note, on average. */
const NOTE_CHARACTERS = 29;
const MOST_NOTE_LINES = 16;

/** Size of a note; estimated from its text, so that nothing has to be measured. A longer one scrolls. */
export function noteSize(text: string): { width: number; height: number } {
  const rows = text.split('\n').map((line) => Math.max(1, Math.ceil(line.length / NOTE_CHARACTERS)));
  const lines = rows.reduce((sum, count) => sum + count, 0);
  return { width: NOTE_WIDTH, height: NOTE_EDGE + NOTE_LINE * Math.min(MOST_NOTE_LINES, Math.max(2, lines)) };
}

export function noteBox({ position, text }: Pick<Note, 'position' | 'text'>): Box {
  return { ...position, ...noteSize(text) };
}

/** From the right edge of the caller to the left edge of the callee. */
export function linkCurve(from: Box, to: Box): LinkCurve {
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const end = { x: to.x, y: to.y + to.height / 2 };
  return curveBetween(start, end);
}

export function curveBetween(start: Point, end: Point): LinkCurve {
  const across = end.x - ARROW - start.x;
  const down = Math.abs(end.y - start.y);
  // Forwards: half the way. Backwards the curve has to turn around, and needs room for it.
  const reach =
    across >= 0 ? Math.max(30, across / 2) : Math.max(50, Math.min(220, -across * 0.45 + down * 0.25));
  return {
    start,
    control1: { x: start.x + reach, y: start.y },
    control2: { x: end.x - ARROW - reach, y: end.y },
    end: { x: end.x - ARROW, y: end.y },
  };
}

/** The point of a curve at share t (0..1) of its parameter. */
export function pointAt({ start, control1, control2, end }: LinkCurve, t: number): Point {
  const u = 1 - t;
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return {
    x: a * start.x + b * control1.x + c * control2.x + d * end.x,
    y: a * start.y + b * control1.y + c * control2.y + d * end.y,
  };
}

/** SVG path data of a curve. */
export function curvePath({ start, control1, control2, end }: LinkCurve): string {
  return `M${start.x} ${start.y}C${control1.x} ${control1.y} ${control2.x} ${control2.y} ${end.x} ${end.y}`;
}

/** The smallest rectangle around all boxes, grown by `margin` on each side; null around nothing. */
export function boundsOf(boxes: readonly Box[], margin = 0): Box | null {
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map((box) => box.x)) - margin;
  const top = Math.min(...boxes.map((box) => box.y)) - margin;
  const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin;
  const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + margin;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
