/** The warnings of the design shown, worked out again only when something changed that a rule could see. */
import { useDeferredValue } from 'react';
import { reviewDesign, type Warning } from '../../kinds/review/review.ts';
import type { Design } from '../../model/document.ts';
import { useDesign } from '../app/context.ts';
import { isSameRun } from '../run/design-source.ts';

let last: { readonly design: Design; readonly warnings: readonly Warning[] } | null = null;

function warningsOf(design: Design): readonly Warning[] {
  if (last && (last.design === design || isSameRun(last.design, design))) return last.warnings;
  last = { design, warnings: reviewDesign(design) };
  return last.warnings;
}

/** Of large designs a moment late, so that typing and dragging go first. */
export function useWarnings(): readonly Warning[] {
  return warningsOf(useDeferredValue(useDesign((design) => design)));
}
