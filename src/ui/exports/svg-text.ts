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
  /** The longest beginning of a text that fits a width. */
  fit(text: string, width: number, size: number, weight: number): string;
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

export function text({ fit, ink }: Pick<Drawing, 'fit' | 'ink'>, words: string, at: Words): string {
  const shown = at.isNumber ? words : fit(words, at.width, at.size, at.weight);
  const number = at.isNumber ? ' class="n"' : '';
  return `<text${number} x="${at.x}" y="${at.y}" font-size="${at.size}" font-weight="${at.weight}" fill="${ink(at.ink)}">${escapeXml(shown)}</text>`;
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
