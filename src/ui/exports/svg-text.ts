/** What a picture is drawn from, and its texts. All text of a design is escaped here and nowhere else. */
import type { Design } from '../../model/document.ts';
import type { Live } from '../run/live.ts';

/** Colours by the names of the tokens. */
export type Inks = (token: string) => string;

export interface Drawing {
  readonly design: Design;
  /** Null for a picture without numbers. */
  readonly live: Live | null;
  readonly ink: Inks;
  /** `@font-face` rules with the fonts in them. */
  readonly fonts: string;
  /** How wide a text is. */
  measure(text: string, size: number, weight: number): number;
  /** The design as it is saved. */
  readonly source: string;
}

interface Words {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: number;
  /** Token of the colour. */
  readonly ink: string;
  readonly width: number;
  readonly isNumber?: boolean;
}

export function text({ measure, ink }: Pick<Drawing, 'measure' | 'ink'>, words: string, at: Words): string {
  const shown = at.isNumber ? words : fitted(words, at.width, (part) => measure(part, at.size, at.weight));
  const number = at.isNumber ? ' class="n"' : '';
  return `<text${number} x="${at.x}" y="${at.y}" font-size="${at.size}" font-weight="${at.weight}" fill="${ink(at.ink)}">${escapeXml(shown)}</text>`;
}

/** The longest beginning of a text that fits. */
function fitted(words: string, width: number, measure: (part: string) => number): string {
  if (measure(words) <= width) return words;
  const letters = [...words];
  while (letters.length > 1 && measure(`${letters.join('')}…`) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
