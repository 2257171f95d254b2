/**
 * The words a design may use: kinds with their parameter tables, and the table of links. The catalog hands
 * them in as an argument, so that the model never imports a kind.
 */
import type { ParamTable } from './params.ts';

export interface KindWords {
  /** What people call the kind; the label of a node that has none. */
  readonly label: string;
  readonly params: ParamTable;
}

export interface Vocabulary {
  readonly kinds: Readonly<Record<string, KindWords>>;
  /**
   * Permanent places of kinds in shared links: append-only. A kind that is retired keeps its place here. The
   * order of entries in each parameter table, and of options in each choice, is permanent in the same way.
   */
  readonly kindOrder: readonly string[];
  readonly link: ParamTable;
}

/** The words of a kind, or `null` when the vocabulary does not have it. Safe for any string. */
export function kindWords(vocabulary: Vocabulary, kind: string): KindWords | null {
  return Object.hasOwn(vocabulary.kinds, kind) ? vocabulary.kinds[kind] : null;
}
