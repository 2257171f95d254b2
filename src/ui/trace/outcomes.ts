/** Words for how a call or request ended: the worker's own labels of failures, and "ok". */
import type { Layout } from '../../session/protocol.ts';

export function outcomeLabel(layout: Layout | null, outcome: string): string {
  return layout?.failures.find((failure) => failure.id === outcome)?.label ?? outcome;
}

/** Outcomes that are no failure; everything else is one. */
const GOOD = ['ok', 'hit', 'miss', ''];
export const isGoodOutcome = (outcome: string) => GOOD.includes(outcome);
