// Below `session` nothing knows a clock, a die, a browser or inexact mathematics.
import { describe, expect, test } from 'vitest';
import { findForbiddenGlobals } from './globals.ts';
import { readSources, sources } from './tree.ts';

const found = (text: string) => findForbiddenGlobals(sources({ 'src/engine/a.ts': text }));

describe('forbidden globals', () => {
  test.each(['model', 'engine', 'kinds', 'drills'])('%s uses none', (layer) => {
    const all = [...readSources('src')].filter(([path]) => path.startsWith(`src/${layer}/`));
    expect(findForbiddenGlobals(new Map(all))).toEqual([]);
  });

  test.each([
    ['const x = Math.random();', 'Math.random'],
    ['const x = Math.log(2);', 'Math.log'],
    ['const x = Math.tanh(2);', 'Math.tanh'],
    ['const { exp } = Math;', 'Math.[…]'],
    ["const x = Math['pow'](2, 3);", 'Math.[…]'],
    ['const x = 2 ** 0.5;', '**'],
    ['let x = 2; x **= 2;', '**'],
    ['const t = Date.now();', 'Date'],
    ['const t = new Date();', 'Date'],
    ['const t = performance.now();', 'performance'],
    ['setTimeout(() => {}, 1);', 'setTimeout'],
    ['globalThis.Math.random();', 'globalThis'],
    ["document.createElement('p');", 'document'],
    ['const o = { window };', 'window'],
    ['const e = x instanceof HTMLElement;', 'HTMLElement'],
    ['const v = process.env.SEED;', 'process'],
  ])('planted, %s is reported as %s', (text, name) => {
    expect(found(text)).toEqual([`src/engine/a.ts:1 ${name}`]);
  });

  test.each([
    'const x = Math.floor(Math.sqrt(Math.PI));',
    'clock.setTimeout(() => {}, 5);',
    'export function parse(document: unknown) { return document; }',
    'const history: string[] = []; history.push("x");',
    'const text = "Math.random() and Date.now()"; // setTimeout',
    'interface Clock { setTimeout(run: () => void): void; performance: number }',
    'const counts = { history: 1, location: 2 }; counts.history;',
  ])('%s is fine', (text) => {
    expect(found(text)).toEqual([]);
  });
});
