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
  const { zoom, ink } = sheet;
  const border = Math.max(BORDER, LEAST_BORDER / zoom);
  const isBad = ({ look, isDimmed }: PaintedCard) => !isDimmed && look.badge?.severity === 'bad';
  const bad = cards.filter(isBad);
  fill(sheet, bad, 3, ink('bad-soft'));
  const sorts = [
    { those: cards.filter(({ isDimmed }) => isDimmed), ground: 'canvas', edge: 'line' },
    { those: cards.filter((card) => !card.isDimmed && !isBad(card)), ground: 'raised', edge: 'line-strong' },
    { those: bad, ground: 'raised', edge: 'bad' },
  ];
  for (const { those, ground, edge } of sorts) {
    fill(sheet, those, 0, ink(edge));
    fill(sheet, those, -border, ink(ground));
  }
}

const isRound = ({ zoom }: Sheet) => RADIUS * zoom >= LEAST_RADIUS;

/**
 * The cards, larger by so much on each side. One shape at a time: without a graphics card plain rectangles are quick, and
 * a path of a thousand of them is slow.
 */
function fill(sheet: Sheet, cards: readonly PaintedCard[], grown: number, colour: string): void {
  const { context } = sheet;
  context.fillStyle = colour;
  for (const { box } of cards) {
    const [x, y] = [box.x - grown, box.y - grown];
    const [width, height] = [box.width + 2 * grown, box.height + 2 * grown];
    if (!isRound(sheet)) {
      context.fillRect(x, y, width, height);
      continue;
    }
    context.beginPath();
    context.roundRect(x, y, width, height, RADIUS + grown);
    context.fill();
  }
}

function loads(sheet: Sheet, cards: readonly PaintedCard[]): void {
  const { context, ink } = sheet;
  const bar = ({ x, y, width, height }: Box, share: number, colour: string) => {
    const room = (width - 2 * BORDER) * share;
    context.fillStyle = colour;
    if (!isRound(sheet)) {
      context.fillRect(x + BORDER, y + height - BORDER - LOAD_HEIGHT, room, LOAD_HEIGHT);
      return;
    }
    const corner = share > 0.98 ? RADIUS - 2 : 0;
    context.beginPath();
    context.roundRect(x + BORDER, y + height - BORDER - LOAD_HEIGHT, room, LOAD_HEIGHT, [
      0,
      0,
      corner,
      RADIUS - 2,
    ]);
    context.fill();
  };
  for (const { box } of cards) bar(box, 1, ink('sunken'));
  for (const { box, look, isDimmed } of cards) {
    if (!isDimmed && look.share > 0) bar(box, look.share, ink(look.load));
  }
}

function icons(sheet: Sheet, cards: readonly PaintedCard[]): void {
  const { context, zoom } = sheet;
  // Without names there is room for a larger one, in the middle.
  const isAlone = !hasNames(sheet);
  const size = isAlone ? 2 * ICON_SIZE : ICON_SIZE;
  if (size * zoom < LEAST_ICON) return;
  const alpha = context.globalAlpha;
  const { a: scale, e: right, f: down } = context.getTransform();
  const pixels = Math.round(size * scale);
  // On whole pixels, so that a silhouette stays sharp and is only copied.
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (const { box, look, isDimmed } of cards) {
    if (!look.icon) continue;
    const left = box.x + (isAlone ? (box.width - size) / 2 : ICON_LEFT);
    const top = box.y + middleOf(box) - size / 2;
    context.globalAlpha = isDimmed ? alpha * 0.4 : alpha;
    const stamp = stampOf(sheet, look.icon, pixels);
    context.drawImage(stamp, Math.round(left * scale + right), Math.round(top * scale + down));
  }
  context.setTransform(scale, 0, 0, scale, right, down);
  context.globalAlpha = alpha;
}

interface Stamp {
  readonly image: CanvasImageSource;
  readonly pixels: number;
  readonly ink: string;
}

const stamps = new WeakMap<Path2D, Stamp>();

/** A silhouette in the pixels it will have: strokes cost, and the same few are wanted a thousand times. */
function stampOf({ ink }: Sheet, icon: Path2D, pixels: number): CanvasImageSource {
  const known = stamps.get(icon);
  if (known?.pixels === pixels && known.ink === ink('ink-2')) return known.image;
  const canvas = new OffscreenCanvas(pixels, pixels);
  const pen = canvas.getContext('2d');
  pen?.scale(pixels / 20, pixels / 20);
  if (pen) {
    pen.strokeStyle = ink('ink-2');
    pen.lineWidth = 1.5;
    pen.lineCap = pen.lineJoin = 'round';
    pen.stroke(icon);
  }
  const image = canvas.transferToImageBitmap();
  stamps.set(icon, { image, pixels, ink: ink('ink-2') });
  return image;
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
    context.lineWidth = Math.max(width, least);
    context.strokeStyle = colour;
    const grown = gap + context.lineWidth / 2;
    for (const { box } of those) {
      context.beginPath();
      context.roundRect(
        box.x - grown,
        box.y - grown,
        box.width + 2 * grown,
        box.height + 2 * grown,
        RADIUS + grown,
      );
      context.stroke();
    }
  };
  const legal = cards.filter(({ verdict }) => verdict === 'legal');
  around(legal, 3, 0, `color-mix(in srgb, ${ink('brand')} 40%, transparent)`);
  const selected = cards.filter(({ isSelected }) => isSelected);
  around(selected, 4, 2, ink('brand'));
  const chosen = cards.filter(({ isChosen }) => isChosen);
  around(chosen, 3, 3, ink(chosen[0]?.verdict === 'illegal' ? 'bad' : 'brand'));
}
