/** What is worst about each component, above its card: in words, and where those are too small, as a sign. */
import type { PaintedCard } from './painted-card.ts';
import type { Sheet } from './sheet.ts';

const SIZE = 25;
const HEIGHT = 36;
const PADDING = 10;
/** How far it stands out over the card: above it, and to its right. */
const ABOVE = 24;
const BESIDE = 2;
/** Below this size of text a sign stands instead, in CSS pixels. */
const LEAST_TEXT = 6;
const LEAST_SIGN = 5;

export function paintBadges(sheet: Sheet, cards: readonly PaintedCard[]): void {
  const { context, zoom, ink, font } = sheet;
  const isRead = SIZE * zoom >= LEAST_TEXT;
  context.font = `600 ${SIZE}px ${font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const { box, look, isDimmed } of cards) {
    if (!look.badge || isDimmed) continue;
    const { text, severity } = look.badge;
    const right = box.x + box.width + BESIDE;
    context.fillStyle = ink(severity === 'bad' ? 'bad-ink' : 'warn-ink');
    context.beginPath();
    if (isRead) {
      const width = context.measureText(text).width + 2 * PADDING;
      context.roundRect(right - width, box.y - ABOVE, width, HEIGHT, 9);
      context.fill();
      context.fillStyle = ink('on-state');
      context.fillText(text, right - width + PADDING, box.y - ABOVE + HEIGHT / 2 + 1);
    } else sign(sheet, right, box.y, severity);
  }
}

/** Red and amber alone would not be seen by everybody: bad is a square with a bar through it, a warning a triangle. */
function sign({ context, zoom, ink }: Sheet, right: number, top: number, severity: 'warn' | 'bad'): void {
  const size = Math.max(HEIGHT, LEAST_SIGN / zoom);
  if (severity === 'warn') {
    context.moveTo(right - size, top + size / 2);
    context.lineTo(right - size / 2, top - size / 2);
    context.lineTo(right, top + size / 2);
    context.fill();
    return;
  }
  context.rect(right - size, top - size / 2, size, size);
  context.fill();
  context.fillStyle = ink('on-state');
  context.fillRect(right - size * 0.8, top - size * 0.1, size * 0.6, size * 0.2);
}
