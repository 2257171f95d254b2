/**
 * What speaks against a design, in words, before anything runs: the rules for all links and components, and what each
 * kind knows of itself. Pure; it must not know any kind, nor how warnings are shown.
 */
import type { Design } from '../../model/document.ts';
import type { Finding } from '../contract.ts';
import { CALLER_RULES } from './caller-rules.ts';
import { LINK_RULES } from './link-rules.ts';
import { lossRules } from './loss-rules.ts';
import { NODE_RULES } from './node-rules.ts';
import { adviceOf, placesOf } from './places.ts';
import { retryRules } from './retry-rules.ts';
import { ROUTE_RULES } from './route-rules.ts';

/** A finding and the node or link it is about. */
export interface Warning extends Finding {
  readonly subject: string;
}

/** Warnings first, then notes; within each in the order of the design. */
export function reviewDesign(design: Design): readonly Warning[] {
  const places = placesOf(design);
  const found: Warning[] = [];
  const add = (subject: string, finding: Finding | null) => finding && found.push({ ...finding, subject });
  const nodeRules = [...NODE_RULES, ...ROUTE_RULES, ...lossRules(places)];
  const linkRules = [...LINK_RULES, ...CALLER_RULES, ...retryRules(places)];
  for (const [id, place] of places) {
    for (const rule of nodeRules) add(id, rule(place));
    for (const finding of adviceOf(place.node.kind).warnings?.(place) ?? []) add(id, finding);
    for (const callee of place.callees)
      for (const rule of linkRules) add(callee.link.id, rule(place, callee));
  }
  return [
    ...found.filter(({ severity }) => severity === 'warning'),
    ...found.filter(({ severity }) => severity === 'note'),
  ];
}
