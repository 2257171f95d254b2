/**
 * Kinds by what people type: name, product ("redis"), purpose. Small mistakes in typing are forgiven once nothing
 * else fits. It must not know the screen.
 */
import type { KindSpec } from '../../kinds/contract.ts';

export interface FoundKind {
  readonly spec: KindSpec;
  /** The other word that fitted, where the name did not: "redis". */
  readonly alias: string | null;
}

/** Best first; all of them, in their own order, for an empty query. */
export function findKinds(specs: readonly KindSpec[], query: string): readonly FoundKind[] {
  const wanted = query.trim().toLowerCase().replace(/\s+/g, ' ');
  if (wanted === '') return specs.map((spec) => ({ spec, alias: null }));
  const ranked = specs
    .map((spec) => ({ spec, ...rankOf(spec, wanted) }))
    .filter(({ rank }) => rank < NONE)
    .sort((a, b) => a.rank - b.rank);
  // A guess is only offered where nothing is known by that word.
  const isKnown = ranked.some(({ rank }) => rank < GUESS);
  return ranked.filter(({ rank }) => !isKnown || rank < GUESS).map(({ spec, alias }) => ({ spec, alias }));
}

const GUESS = 6;
const NONE = 7;

function rankOf(spec: KindSpec, wanted: string): { rank: number; alias: string | null } {
  const name = spec.label.toLowerCase();
  if (name === wanted) return { rank: 0, alias: null };
  const exact = spec.aliases.find((alias) => alias === wanted);
  if (exact !== undefined) return { rank: 1, alias: exact };
  if (name.startsWith(wanted)) return { rank: 2, alias: null };
  const begun = spec.aliases.find((alias) => alias.startsWith(wanted));
  if (begun !== undefined) return { rank: 3, alias: begun };
  if (name.includes(wanted) || spec.kind.includes(wanted)) return { rank: 4, alias: null };
  if (spec.summary.toLowerCase().includes(wanted)) return { rank: 5, alias: null };
  const near = [name, ...spec.aliases].find((word) => isNear(word, wanted));
  if (near !== undefined) return { rank: GUESS, alias: near === name ? null : near };
  return { rank: NONE, alias: null };
}

/** Words of four letters and more that differ by one letter typed wrong, left out, added, or two swapped. */
function isNear(word: string, typed: string): boolean {
  if (typed.length < 4 || Math.abs(word.length - typed.length) > 1) return false;
  let same = 0;
  while (same < typed.length && word[same] === typed[same]) same++;
  const [rest, other] = [word.slice(same), typed.slice(same)];
  return (
    rest.slice(1) === other.slice(1) ||
    rest === other.slice(1) ||
    rest.slice(1) === other ||
    (rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2))
  );
}
