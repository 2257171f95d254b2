/** Numbers and fixes as findings write them. */
import type { Fix } from '../contract.ts';
import type { ParamValue } from '../../model/params.ts';

/** "250 ms", "1.5 s", "2 min". */
export function time(ms: number): string {
  if (ms < 1_000) return `${round(ms)} ms`;
  return ms < 120_000 ? `${round(ms / 1_000)} s` : `${round(ms / 60_000)} min`;
}

/** "4,980". */
export function number(value: number): string {
  return round(value).toLocaleString('en-US');
}

/** Two digits are enough for a sentence: 1.5, 12, 4,980. */
function round(value: number): number {
  return value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
}

/** A time people would choose, not below `ms`: 1, 1.5, 2, 3, 5, 8 times a power of ten. */
export function roundUp(ms: number): number {
  let scale = 1;
  while (scale * 8 < ms) scale *= 10;
  return [1, 1.5, 2, 3, 5, 8].map((step) => step * scale).find((step) => step >= ms) ?? scale * 10;
}

export function setParam(label: string, id: string, name: string, value: ParamValue | undefined): Fix {
  return { label, edit: { type: 'setParam', ids: [id], name, value } };
}
