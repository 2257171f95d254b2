/**
 * Draws dots on their links. The same code runs in the painter's worker and, where there is none, on the page. It
 * must not know frames, clocks or the DOM beyond a 2D context.
 */
import { HOP_LOOKS } from '../../session/protocol.ts';
import { CURVE_WIDTH } from './curves.ts';
import type { Dots } from './dots.ts';
import { DOT_RADIUS, LOOKS, type Shape } from './looks.ts';

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Surface {
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

/** Below this zoom dots of every other request are left out. */
const FAR = 0.4;

/** Where each dot was drawn last, in CSS pixels; NaN for one that was not. */
export class Places {
  constructor(capacity: number) {
    this.x = new Float32Array(capacity).fill(NaN);
    this.y = new Float32Array(capacity).fill(NaN);
  }
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Puts every dot on its curve: cubic Bezier at its progress, from the end for an answer. */
export function place(dots: Dots, curves: Float32Array, view: View, surface: Surface, places: Places): void {
  for (let dot = 0; dot < dots.count; dot++) {
    const at = dots.link[dot] * CURVE_WIDTH;
    const progress = dots.progress[dot];
    places.x[dot] = NaN;
    if (progress < 0 || at + CURVE_WIDTH > curves.length) continue;
    if (view.zoom < FAR && dots.request[dot] % 2 !== 0) continue;
    const t = dots.backward[dot] ? 1 - progress : progress;
    const u = 1 - t;
    const a = u * u * u;
    const b = 3 * u * u * t;
    const c = 3 * u * t * t;
    const d = t * t * t;
    const x = a * curves[at] + b * curves[at + 2] + c * curves[at + 4] + d * curves[at + 6];
    const y = a * curves[at + 1] + b * curves[at + 3] + c * curves[at + 5] + d * curves[at + 7];
    const screenX = x * view.zoom + view.x;
    const screenY = y * view.zoom + view.y;
    const isSeen =
      screenX > -10 && screenX < surface.width + 10 && screenY > -10 && screenY < surface.height + 10;
    places.x[dot] = isSeen ? screenX : NaN;
    places.y[dot] = screenY;
  }
}

/** Clears the surface and draws all placed dots, one path for each look. */
export function paint(
  context: Context,
  dots: Dots,
  places: Places,
  view: View,
  surface: Surface,
  colours: readonly string[],
): void {
  context.setTransform(surface.ratio, 0, 0, surface.ratio, 0, 0);
  context.clearRect(0, 0, surface.width, surface.height);
  const radius = DOT_RADIUS * Math.min(1.4, Math.max(0.5, Math.sqrt(view.zoom)));
  for (let look = 0; look < HOP_LOOKS.length; look++) {
    const { shape } = LOOKS[HOP_LOOKS[look]];
    let any = false;
    for (let dot = 0; dot < dots.count; dot++) {
      if (dots.look[dot] !== look || Number.isNaN(places.x[dot])) continue;
      if (!any) context.beginPath();
      any = true;
      trace(context, shape, places.x[dot], places.y[dot], dots.backward[dot] ? radius * 0.8 : radius);
    }
    if (any) ink(context, shape, colours[look], radius);
  }
}

/** Adds the outline of one dot to the current path. */
function trace(context: Context, shape: Shape, x: number, y: number, r: number): void {
  switch (shape) {
    case 'square':
      context.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
      return;
    case 'cross':
      context.moveTo(x - r, y - r);
      context.lineTo(x + r, y + r);
      context.moveTo(x + r, y - r);
      context.lineTo(x - r, y + r);
      return;
    case 'ringed':
      context.moveTo(x + r * 1.5, y);
      context.arc(x, y, r * 1.5, 0, Math.PI * 2);
      context.moveTo(x + r * 0.5, y);
      context.arc(x, y, r * 0.5, 0, Math.PI * 2);
      return;
    case 'disc':
    case 'circle':
      context.moveTo(x + r, y);
      context.arc(x, y, r, 0, Math.PI * 2);
  }
}

function ink(context: Context, shape: Shape, colour: string, radius: number): void {
  if (shape === 'disc' || shape === 'square') {
    context.fillStyle = colour;
    context.fill();
    return;
  }
  context.strokeStyle = colour;
  context.lineWidth = radius * (shape === 'cross' ? 0.65 : 0.5);
  context.lineCap = 'round';
  context.stroke();
}

/** The request of the dot nearest to a point, within `reach` CSS pixels; null when none is there. */
export function hitTest(dots: Dots, places: Places, x: number, y: number, reach: number): number | null {
  let best = reach * reach;
  let request: number | null = null;
  for (let dot = 0; dot < dots.count; dot++) {
    const distance = (places.x[dot] - x) ** 2 + (places.y[dot] - y) ** 2;
    if (distance <= best) {
      best = distance;
      request = dots.request[dot];
    }
  }
  return request;
}
