/**
 * A design from whatever people hand over: a link, the text of a file, something pasted. Gives the design, what could
 * be read of it, or one sentence on why not. It must not know the screen or storage.
 */
import { VOCABULARY } from '../../kinds/vocabulary.ts';
import type { Design } from '../../model/document.ts';
import { parseDesignText } from '../../model/text.ts';
import type { LinkExtras } from '../../model/url.ts';

export interface Reading {
  /** Null when nothing could be read. */
  readonly design: Design | null;
  /** What, where, and what can be done; one sentence. Null when all is well. */
  readonly problem: string | null;
  /** Each problem with its place. */
  readonly details: readonly string[];
  /** Something was left out or replaced, so it would run differently than it was meant. */
  readonly isPartial: boolean;
  readonly extras: LinkExtras;
  /** What a foreign file was understood as. */
  readonly summary?: string;
}

export async function readLink(hash: string): Promise<Reading> {
  // Most visits bring no link.
  const { decodeLink } = await import('../../model/url.ts');
  const decoded = await decodeLink(hash, VOCABULARY);
  if (!decoded.ok) return refused(`This link cannot be opened. ${decoded.reason}`);
  return judged(decoded.design, decoded.problems, 'This link', decoded.extras);
}

export function readText(text: string, name: string): Reading {
  const { design, problems } = parseDesignText(text, VOCABULARY);
  if (!design) return refused(`${name} cannot be opened. ${problems[0]?.message ?? ''}`);
  return judged(design, problems, name, {});
}

/** Text in another format: a flowchart, a compose file, a diagram. Null when it is in none that can be read. */
async function readOther(text: string, name: string, title: string): Promise<Reading | null> {
  const { readForeign } = await import('../intake/read.ts');
  const found = await readForeign(text, title);
  if (!found) return null;
  if ('refused' in found) return refused(`${name} cannot be opened. ${found.refused}`);
  const { design, summary, remarks } = found;
  return { design, problem: null, details: remarks, isPartial: false, extras: {}, summary };
}

/** A file by what is in it, whatever its name ends in. */
export async function readFileBytes(bytes: Uint8Array, name: string, title: string): Promise<Reading> {
  const { isPng, textIn } = await import('../exports/png-text.ts');
  if (!isPng(bytes)) return readFileText(new TextDecoder().decode(bytes), name, title);
  const drawn = textIn(bytes);
  if (drawn !== null) return readText(drawn, name);
  return refused(`${name} cannot be opened. ${EMPTY_PICTURE}`);
}

export async function readFileText(text: string, name: string, title: string): Promise<Reading> {
  if (/^\s*(?:[{[]|$)/.test(text)) return readText(text, name);
  const drawn = designInPicture(text);
  if (drawn !== null) return readText(drawn, name);
  const other = await readOther(text, name, title);
  if (other) return other;
  return refused(`${name} cannot be opened. ${READABLE}`);
}

/** An exported SVG carries the design it shows. */
function designInPicture(text: string): string | null {
  if (!/^\s*<svg\b/.test(text)) return null;
  const found = /<metadata id="loadbearing">([\s\S]*?)<\/metadata>/.exec(text);
  const marks: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return found && found[1].replace(/&(amp|lt|gt|quot);/g, (_, name: string) => marks[name]);
}

const EMPTY_PICTURE =
  'There is no design in this picture: only a PNG saved here carries one, and many chat tools take it out.';
const READABLE =
  'Designs as JSON or in an exported SVG or PNG, Mermaid flowcharts, compose files and draw.io diagrams can be read.';

/** Text that was pasted: a link of ours, a design as JSON, another format, or none of these (null). */
export async function readPasted(
  text: string,
): Promise<{ kind: 'link' | 'json' | 'file'; reading: Reading } | null> {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return { kind: 'json', reading: readText(trimmed, 'The pasted text') };
  if (/#a\d+\./.test(trimmed) || /^a\d+\.[\w-]/.test(trimmed))
    return { kind: 'link', reading: await readLink(trimmed) };
  const reading = await readOther(trimmed, 'The pasted text', 'Pasted');
  return reading && { kind: 'file', reading };
}

type Problems = readonly {
  readonly path: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}[];

function judged(design: Design, problems: Problems, what: string, extras: LinkExtras): Reading {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const details = (errors.length > 0 ? errors : problems).map(({ message, path }) => `${message} (${path})`);
  if (errors.length === 0) return { design, problem: null, details, isPartial: false, extras };
  const count = errors.length === 1 ? 'One thing' : `${errors.length} things`;
  const problem = `${what} is partly broken. ${count} could not be read as meant; your own design is untouched.`;
  return { design, problem, details, isPartial: true, extras };
}

function refused(problem: string): Reading {
  return { design: null, problem, details: [], isPartial: true, extras: {} };
}
