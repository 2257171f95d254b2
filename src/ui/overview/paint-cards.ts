/**
 * Components painted on a canvas, as their cards look from afar (NodeCard.module.css): silhouette, name, load, badge.
 * What would be too small to be read is left out. It must not know the document, the run or the DOM beyond a 2D context.
 */
import type { Box } from '../canvas/geometry.ts';
import { paintBadges } from './paint-badges.ts';
import type { PaintedCard } from './painted-card.ts';
import type { Sheet } from './sheet.ts';

const RADIUS = 10;
const BORDER = 2;
const LOAD_HEIGHT = 10;
export const NAME_SIZE = 20;
export const NAME_WIDTH = 100;
export const NAME_SPACING = '-0.6px';
const NAME_LINE = 23;
const NAME_LEFT = 52;
const ICON_SIZE = 36;
const ICON_LEFT = 10;
/** Below these sizes in CSS pixels it would be a smear. */
const LEAST_NAME = 5;
const LEAST_ICON = 6;
const LEAST_BORDER = 0.75;
const LEAST_OUTLINE = 1.5;
const LEAST_RADIUS = 1.5;

export function paintCards(sheet: Sheet, cards: readonly PaintedCard[]): void {
  const { context } = sheet;
  for (const isFaded of [true, false]) {
    context.globalAlpha = isFaded ? 0.45 : 1;
    const those = cards.filter(({ verdict }) => (verdict === 'illegal') === isFaded);
    if (those.length === 0) continue;
    bodies(sheet, those);
    loads(sheet, those);
    icons(sheet, those);
    if (hasNames(sheet)) names(sheet, those);
    paintBadges(sheet, those);
  }
  context.globalAlpha = 1;
  outlines(sheet, cards);
}

const hasNames = ({ zoom }: Sheet) => NAME_SIZE * zoom >= LEAST_NAME;

function bodies(sheet: Sheet, cards: readonly PaintedCard[]): void {
  const { context, zoom, ink } = sheet;
  const isBad = ({ look, isDimmed }: PaintedCard) => !isDimmed && look.badge?.severity === 'bad';
  const bad = cards.filter(isBad);
  fill(sheet, bad, 3, ink('bad-soft'));
  const border = Math.max(BORDER, LEAST_BORDER / zoom);
  context.lineWidth = border;
  const sorts = [
    { those: cards.filter(({ isDimmed }) => isDimmed), ground: 'canvas', edge: 'line' },
    { those: cards.filter((card) => !card.isDimmed && !isBad(card)), ground: 'raised', edge: 'line-strong' },
    { those: bad, ground: 'raised', edge: 'bad' },
  ];
  for (const { those, ground, edge } of sorts) {
    fill(sheet, those, 0, ink(ground));
    context.strokeStyle = ink(edge);
    shapes(sheet, those, -border / 2);
    context.stroke();
  }
}

function fill(sheet: Sheet, cards: readonly PaintedCard[], grown: number, colour: string): void {
  if (cards.length === 0) return;
  sheet.context.fillStyle = colour;
  shapes(sheet, cards, grown);
  sheet.context.fill();
}

/** The outlines of the cards as one path, larger by so much on each side. */
function shapes({ context, zoom }: Sheet, cards: readonly PaintedCard[], grown: number): void {
  const isRound = RADIUS * zoom >= LEAST_RADIUS;
  context.beginPath();
  for (const { box } of cards) {
    const [x, y, width, height] = [
      box.x - grown,
      box.y - grown,
      box.width + 2 * grown,
      box.height + 2 * grown,
    ];
    if (isRound) context.roundRect(x, y, width, height, RADIUS + grown);
    else context.rect(x, y, width, height);
  }
}

function loads({ context, ink }: Sheet, cards: readonly PaintedCard[]): void {
  const bars = (those: readonly PaintedCard[], colour: string, shareOf: (card: PaintedCard) => number) => {
    context.fillStyle = colour;
    context.beginPath();
    for (const card of those) {
      const { x, y, width, height } = card.box;
      const room = width - 2 * BORDER;
      const corner = shareOf(card) > 0.98 ? RADIUS - 1 : 0;
      context.roundRect(x + BORDER, y + height - BORDER - LOAD_HEIGHT, room * shareOf(card), LOAD_HEIGHT, [
        0,
        0,
        corner,
        RADIUS - 1,
      ]);
    }
    context.fill();
  };
  bars(cards, ink('sunken'), () => 1);
  for (const level of ['idle', 'ok', 'warn', 'bad'] as const) {
    const those = cards.filter(({ look, isDimmed }) => !isDimmed && look.load === level && look.share > 0);
    bars(those, ink(level), ({ look }) => look.share);
  }
}

function icons(sheet: Sheet, cards: readonly PaintedCard[]): void {
  const { context, zoom } = sheet;
  // Without names there is room for a larger one, in the middle.
  const isAlone = !hasNames(sheet);
  const size = isAlone ? 2 * ICON_SIZE : ICON_SIZE;
  if (size * zoom < LEAST_ICON) return;
  const alpha = context.globalAlpha;
  const stamps = new Map<Path2D, HTMLCanvasElement>();
  for (const { box, look, isDimmed } of cards) {
    if (!look.icon) continue;
    const stamp = stamps.get(look.icon) ?? stampOf(sheet, look.icon, size);
    stamps.set(look.icon, stamp);
    const left = isAlone ? (box.width - size) / 2 : ICON_LEFT;
    context.globalAlpha = isDimmed ? alpha * 0.4 : alpha;
    context.drawImage(stamp, box.x + left, box.y + middleOf(box) - size / 2, size, size);
  }
  context.globalAlpha = alpha;
}

/** A silhouette in the pixels it will have: strokes cost, and the same few are wanted a thousand times. */
function stampOf({ context, zoom, ink }: Sheet, icon: Path2D, size: number): HTMLCanvasElement {
  const stamp = context.canvas.ownerDocument.createElement('canvas');
  const pixels = Math.ceil(size * zoom * (devicePixelRatio || 1));
  stamp.width = stamp.height = pixels;
  const pen = stamp.getContext('2d');
  if (!pen) return stamp;
  pen.scale(pixels / 20, pixels / 20);
  pen.strokeStyle = ink('ink-2');
  pen.lineWidth = 1.5;
  pen.lineCap = pen.lineJoin = 'round';
  pen.stroke(icon);
  return stamp;
}

/** Where names and icons stand: above the load. */
const middleOf = ({ height }: Box) => height / 2 - 2;

function names({ context, ink, font }: Sheet, cards: readonly PaintedCard[]): void {
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.letterSpacing = NAME_SPACING;
  for (const isDimmed of [false, true]) {
    context.font = nameFont(font, isDimmed);
    context.fillStyle = ink(isDimmed ? 'ink-3' : 'ink');
    for (const card of cards) {
      if (card.isDimmed !== isDimmed) continue;
      const { box, look } = card;
      const first = box.y + middleOf(box) - ((look.name.length - 1) * NAME_LINE) / 2;
      look.name.forEach((line, row) =>
        context.fillText(line, box.x + NAME_LEFT, first + row * NAME_LINE + 1),
      );
    }
  }
  context.letterSpacing = '0px';
}

export const nameFont = (font: string, isDimmed = false) => `${isDimmed ? 450 : 620} ${NAME_SIZE}px ${font}`;

function outlines(sheet: Sheet, cards: readonly PaintedCard[]): void {
  const { context, zoom, ink } = sheet;
  const least = LEAST_OUTLINE / zoom;
  const around = (those: readonly PaintedCard[], width: number, gap: number, colour: string) => {
    if (those.length === 0) return;
    context.lineWidth = Math.max(width, least);
    context.strokeStyle = colour;
    shapes(sheet, those, gap + context.lineWidth / 2);
    context.stroke();
  };
  around(
    cards.filter(({ verdict }) => verdict === 'legal'),
    3,
    0,
    `color-mix(in srgb, ${ink('brand')} 40%, transparent)`,
  );
  around(
    cards.filter(({ isSelected }) => isSelected),
    4,
    2,
    ink('brand'),
  );
  const chosen = cards.filter(({ isChosen }) => isChosen);
  around(chosen, 3, 3, ink(chosen[0]?.verdict === 'illegal' ? 'bad' : 'brand'));
}
