/** Lists of numbers as text, as people paste them. It must not know tables of parameters. */

/** Numbers of one series, and characters of its text: enough for an hour of a recorded trace at 10 a second. */
export const MAX_SERIES = 36_000;
export const MAX_SERIES_TEXT = 400_000;

/** The numbers of a series; null when its text holds anything else, or too much. A first line of words is a heading. */
export function numbersOf(text: string): number[] | null {
  if (text.length > MAX_SERIES_TEXT) return null;
  const cells = text.split(/[\s,;]+/).filter((cell) => cell !== '');
  if (cells.length > 0 && Number.isNaN(Number(cells[0]))) cells.shift();
  const numbers = cells.map(Number);
  return numbers.length <= MAX_SERIES && numbers.every(Number.isFinite) ? numbers : null;
}
