/** A design from a file that holds its JSON or the text of a shared link. */
import { readFileSync } from 'node:fs';
import { VOCABULARY } from '../kinds/catalog.ts';
import type { Design, Drill } from '../model/document.ts';
import type { Problem } from '../model/problems.ts';
import { parseDesignText } from '../model/text.ts';
import { decodeLink } from '../model/url.ts';
import { BadInput } from './bad-input.ts';

/** Problems go to standard error, a sentence each; BadInput when it cannot be run as it is. */
export async function readDesign(file: string): Promise<Design> {
  const text = readText(file);
  if (/^\s*\{/.test(text)) {
    const { design, problems } = parseDesignText(text, VOCABULARY);
    tell(problems);
    if (design && !problems.some((p) => p.severity === 'error')) return design;
    throw new BadInput(`${file} holds no design that can be run as it is.`);
  }
  if (text.trim() === '') throw new BadInput(`${file} is empty.`);
  const decoded = await decodeLink(text, VOCABULARY);
  if (!decoded.ok) throw new BadInput(`${file}: ${decoded.reason}`);
  tell(decoded.problems);
  return decoded.design;
}

export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new BadInput(`${file} cannot be read.`);
  }
}

/** The drill of this id or name. */
export function drillOf(design: Design, wanted: string): Drill {
  const drill = design.drills.find(({ id, name }) => id === wanted || name === wanted);
  if (drill) return drill;
  const known = design.drills.map(({ name }) => `"${name}"`).join(', ') || 'none';
  throw new BadInput(`The design has no drill "${wanted}"; it has ${known}.`);
}

function tell(problems: readonly Problem[]): void {
  for (const { path, message } of problems) console.error(`${path}: ${message}`);
}
