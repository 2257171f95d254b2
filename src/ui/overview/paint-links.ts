/**
 * Links painted on a canvas, as they look from afar on the board's own elements (LinkLine.module.css). It must not know
 * the document, the run or the DOM beyond a 2D context.
 */
import { ARROW, pointAt, type LinkCurve } from '../canvas/geometry.ts';
import type { LinkLook } from '../canvas/link-paint.ts';
import type { Inks, Sheet } from './sheet.ts';

export interface PaintedLink {
  readonly curve: LinkCurve;
  readonly look: LinkLook;
  readonly isSelected: boolean;
  readonly isHovered: boolean;
  readonly isDimmed: boolean;
}

/** Thinner lines are not seen, CSS pixels. */
const LEAST_WIDTH = 0.8;
/** Arrow heads smaller than this are only noise, CSS pixels. */
const LEAST_ARROW = 2;
const BREAKER_AT = 0.5;
const CUT_AT = 0.28;
/** Lever of the switch, in degrees above its poles. */
const OPEN_DEGREES = 38;
const HALF_OPEN_DEGREES = 18;

export function paintLinks(sheet: Sheet, links: readonly PaintedLink[]): void {
  const { context } = sheet;
  for (const link of links) if (link.isSelected || link.isHovered) halo(sheet, link);
  for (const isDimmed of [true, false]) {
    context.globalAlpha = isDimmed ? 0.22 : 1;
    const those = links.filter((link) => link.isDimmed === isDimmed);
    strands(sheet, those);
    for (const { curve, look } of those) {
      if (isSwitchShown(look)) breaker(sheet, curve, look);
      if (look.isCut) cut(sheet, curve);
    }
  }
  context.globalAlpha = 1;
}

/** Pictures of links of the same key look the same from the same place. */
export function keyOf(links: readonly PaintedLink[], zoom: number): string {
  return links
    .map(({ look, isSelected, isHovered, isDimmed }) => {
      const width = Math.max(look.width * zoom, LEAST_WIDTH).toFixed(1);
      const retries = (look.retries * zoom).toFixed(1);
      const flags = [look.isFailing, look.isCut, isSelected, isHovered, isDimmed].map(Number).join('');
      return `${width} ${retries} ${look.breaker} ${flags}`;
    })
    .join();
}

const isOpen = ({ breaker }: LinkLook) => breaker === 'open' || breaker === 'forcedOpen';
const isSwitchShown = (look: LinkLook) => isOpen(look) || look.breaker === 'halfOpen';

function strandInk({ ink }: Sheet, look: LinkLook): string {
  if (isOpen(look) || look.isCut) return ink('bad');
  if (look.breaker === 'halfOpen') return ink('warn');
  return look.isFailing ? `color-mix(in srgb, ${ink('bad')} 60%, ${ink('link')})` : ink('link');
}

/** One path for all that look alike: strokes cost by path more than by length. */
function strands(sheet: Sheet, links: readonly PaintedLink[]): void {
  const { context, zoom, ink } = sheet;
  const alike = new Map<string, PaintedLink[]>();
  for (const link of links) {
    const key = `${strandInk(sheet, link.look)}|${link.look.width.toFixed(1)}|${isOpen(link.look)}`;
    const others = alike.get(key);
    if (others) others.push(link);
    else alike.set(key, [link]);
  }
  for (const group of alike.values()) {
    const { look } = group[0];
    context.strokeStyle = context.fillStyle = strandInk(sheet, look);
    context.lineWidth = Math.max(look.width, LEAST_WIDTH / zoom);
    context.lineCap = 'round';
    context.setLineDash(isOpen(look) ? [2, 6] : []);
    context.beginPath();
    for (const { curve } of group) trace(sheet, curve);
    context.stroke();
    if (ARROW * zoom >= LEAST_ARROW) arrows(sheet, group);
  }
  context.lineCap = 'butt';
  context.setLineDash([1.5, 3.5]);
  context.strokeStyle = ink('warn');
  for (const { curve, look } of links) {
    if (look.retries === 0) continue;
    context.lineWidth = look.retries;
    context.beginPath();
    trace(sheet, curve);
    context.stroke();
  }
  context.setLineDash([]);
}

function arrows({ context }: Sheet, links: readonly PaintedLink[]): void {
  context.beginPath();
  for (const { curve } of links) {
    const { x, y } = curve.end;
    context.moveTo(x - 2, y - 4.5);
    context.lineTo(x - 2 + ARROW, y);
    context.lineTo(x - 2, y + 4.5);
  }
  context.fill();
}

function trace({ context }: Sheet, { start, control1, control2, end }: LinkCurve): void {
  context.moveTo(start.x, start.y);
  context.bezierCurveTo(control1.x, control1.y, control2.x, control2.y, end.x, end.y);
}

function halo(sheet: Sheet, { curve, look, isSelected }: PaintedLink): void {
  const { context, zoom, ink } = sheet;
  context.globalAlpha = isSelected ? 0.32 : 0.16;
  context.strokeStyle = ink('brand');
  context.lineWidth = Math.max(look.width + 8, 5 / zoom);
  context.lineCap = 'round';
  context.beginPath();
  trace(sheet, curve);
  context.stroke();
  context.globalAlpha = 1;
}

/** A lever between two poles: raised, half raised, or held open. */
function breaker({ context, ink }: Sheet, curve: LinkCurve, { breaker: state }: LinkLook): void {
  const { x, y } = pointAt(curve, BREAKER_AT);
  const isHalf = state === 'halfOpen';
  context.save();
  context.translate(x, y);
  disc(context, 12, ink('raised'), ink(isHalf ? 'warn' : 'bad'));
  context.lineCap = 'round';
  line(context, [-7, 0, -4, 0]);
  line(context, [4, 0, 7, 0]);
  if (state === 'forcedOpen') line(context, [-4, -8, 4, -8]);
  context.translate(-4, 0);
  context.rotate((-(isHalf ? HALF_OPEN_DEGREES : OPEN_DEGREES) * Math.PI) / 180);
  line(context, [0, 0, 8, 0]);
  context.restore();
}

function cut({ context, ink }: Sheet, curve: LinkCurve): void {
  const { x, y } = pointAt(curve, CUT_AT);
  context.save();
  context.translate(x, y);
  disc(context, 9, ink('canvas'), null);
  context.strokeStyle = ink('bad');
  context.lineWidth = 2;
  context.lineCap = 'round';
  line(context, [-6, 5, -2, -5]);
  line(context, [2, 5, 6, -5]);
  context.restore();
}

function disc(
  context: CanvasRenderingContext2D,
  radius: number,
  fill: string,
  stroke: ReturnType<Inks> | null,
) {
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  if (stroke === null) return;
  context.strokeStyle = stroke;
  context.lineWidth = 2;
  context.stroke();
}

function line(
  context: CanvasRenderingContext2D,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}
