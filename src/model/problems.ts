/**
 * What is wrong with a foreign document, for people: a list of sentences with the place of each. It must not
 * know what a design is.
 */
import { isList } from './foreign.ts';
import { cleanLine } from './labels.ts';

export interface Problem {
  /**
   * JSON path of the value, like `$.nodes[3].params.workers`; in a migrated document, its place after
   * migration.
   */
  readonly path: string;
  /** One sentence: what, where, and what was or can be done. */
  readonly message: string;
  /**
   * `error`: a part was left out or replaced, so it would run differently; `warning`: tidied without effect.
   */
  readonly severity: 'error' | 'warning';
}

/** Enough to see what is going on; a document broken ten thousand times needs no longer list. */
export const MAX_PROBLEMS = 100;

export interface ProblemList {
  error(path: string, message: string): void;
  warn(path: string, message: string): void;
  /** The first `MAX_PROBLEMS`, and one line with the count of the rest. */
  list(): readonly Problem[];
}

export function createProblems(): ProblemList {
  const kept: Problem[] = [];
  let rest = 0;
  let worst: Problem['severity'] = 'warning';
  const add = (path: string, message: string, severity: Problem['severity']): void => {
    if (kept.length < MAX_PROBLEMS) {
      kept.push({ path, message, severity });
      return;
    }
    rest++;
    if (severity === 'error') worst = 'error';
  };
  return {
    error: (path, message) => add(path, message, 'error'),
    warn: (path, message) => add(path, message, 'warning'),
    list: () => {
      if (rest === 0) return kept;
      const message = `And ${rest} more ${rest === 1 ? 'problem' : 'problems'}, not listed here.`;
      return [...kept, { path: '$', message, severity: worst }];
    },
  };
}

/** The path of a field or item inside the value at `path`. */
export function pathTo(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) && key.length <= 60
    ? `${path}.${key}`
    : `${path}[${JSON.stringify(cleanLine(key, 40))}]`;
}

/** A foreign value in a sentence: short, on one line, recognisable. */
export function quote(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `“${cleanLine(value, 40)}”`;
    case 'number':
    case 'boolean':
      return String(value);
    case 'undefined':
      return 'missing';
    case 'object':
      if (value === null) return 'null';
      return isList(value) ? 'a list' : 'an object';
    default:
      return 'something unreadable';
  }
}
