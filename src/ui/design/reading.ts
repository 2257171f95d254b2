/**
 * A design from whatever people hand over: a link, the text of a file, something pasted. Gives the design, what could
 * be read of it, or one sentence on why not. It must not know the screen or storage.
 */
import { VOCABULARY } from '../../kinds/specs.ts';
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

/** Text that was pasted: a link of ours, a design as JSON, or neither (null). */
export async function readPasted(text: string): Promise<{ kind: 'link' | 'json'; reading: Reading } | null> {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return { kind: 'json', reading: readText(trimmed, 'The pasted text') };
  if (/#a\d+\./.test(trimmed) || /^a\d+\.[\w-]/.test(trimmed))
    return { kind: 'link', reading: await readLink(trimmed) };
  return null;
}

type Problems = readonly {
  readonly path: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}[];

function judged(design: Design, problems: Problems, what: string, extras: LinkExtras): Reading {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const details = errors.map((problem) => `${problem.message} (${problem.path})`);
  if (errors.length === 0) return { design, problem: null, details, isPartial: false, extras };
  const count = errors.length === 1 ? 'One thing' : `${errors.length} things`;
  const problem = `${what} is partly broken. ${count} could not be read as meant; your own design is untouched.`;
  return { design, problem, details, isPartial: true, extras };
}

function refused(problem: string): Reading {
  return { design: null, problem, details: [], isPartial: true, extras: {} };
}
