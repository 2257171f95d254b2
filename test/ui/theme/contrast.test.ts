// Text reaches 4.5 : 1 and marks 3 : 1 on every ground they stand on, in light and dark.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const css = readFileSync('src/ui/theme/tokens.css', 'utf8');

function tokens(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('\n  }', start));
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]));
}

const LIGHT = tokens(':root');
const DARK = tokens(":root[data-theme='dark']");

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['canvas', 'surface', 'raised', 'sunken'];
const TEXT = ['ink', 'ink-2', 'ink-3', 'brand', 'ok-ink', 'warn-ink', 'bad-ink'];
const MARKS = ['idle', 'ok', 'warn', 'bad', 'hit', 'stale', 'brand'];

for (const [name, theme] of [
  ['light', LIGHT],
  ['dark', DARK],
] as const) {
  const of = (token: string) => theme.get(token) ?? `no ${token}`;

  it.each(TEXT)(`${name}: text in %s can be read on every ground`, (token) => {
    for (const ground of GROUNDS) expect(contrast(of(token), of(ground)), ground).toBeGreaterThanOrEqual(4.5);
  });

  it.each(MARKS)(`${name}: marks in %s can be seen on every ground`, (token) => {
    for (const ground of GROUNDS) expect(contrast(of(token), of(ground)), ground).toBeGreaterThanOrEqual(3);
  });

  it.each(['ok', 'warn', 'bad'])(`${name}: %s can be read on its own soft ground and filled`, (token) => {
    expect(contrast(of(`${token}-ink`), of(`${token}-soft`))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('on-state'), of(`${token}-ink`))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('ink'), of(`${token}-soft`))).toBeGreaterThanOrEqual(4.5);
  });

  it(`${name}: the words on the main button can be read`, () => {
    expect(contrast(of('brand-ink'), of('brand'))).toBeGreaterThanOrEqual(4.5);
  });
}
