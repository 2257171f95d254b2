/**
 * What on the canvas fits some words: names, kinds and products, regions, notes, settings, and what is wrong right now.
 * Pure; it must not know the screen.
 */
import { LINK_PARAMS } from '../../kinds/link.ts';
import type { Design } from '../../model/document.ts';
import type { Param, ParamOverrides, ParamTable } from '../../model/params.ts';
import { setWords } from '../../model/sets.ts';
import { specOf } from '../canvas/flow.ts';
import { worstBadge } from '../canvas/badge.ts';
import { breakerOf, BREAKER_WORDS } from '../canvas/link-paint.ts';
import { showQuantity } from '../inspector/quantity.ts';
import { nameOf } from '../run/design-source.ts';
import type { Live } from '../run/live.ts';

export interface Hit {
  readonly id: string;
  readonly name: string;
  /** What fitted, where the name did not: "Attempt timeout 900 ms". */
  readonly why: string;
}

interface Candidate {
  readonly id: string;
  readonly name: string;
  /** Each with what is shown when it is what fits. */
  readonly texts: readonly string[];
}

/** All words must occur in one thing; those whose name fits come first. Nothing for an empty query. */
export function findOnCanvas(design: Design, live: Live, query: string): readonly Hit[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits: (Hit & { readonly rank: number })[] = [];
  for (const { id, name, texts } of candidates(design, live)) {
    const all = [name, ...texts].join(' ').toLowerCase();
    if (!words.every((word) => all.includes(word))) continue;
    const isNamed = words.every((word) => name.toLowerCase().includes(word));
    const fitting = texts.filter((text) => words.some((word) => text.toLowerCase().includes(word)));
    const why = isNamed ? (texts[0] ?? '') : fitting.join(', ');
    hits.push({ id, name, why, rank: isNamed ? 0 : 1 });
  }
  return hits.sort((a, b) => a.rank - b.rank).map(({ id, name, why }) => ({ id, name, why }));
}

function candidates(design: Design, live: Live): Candidate[] {
  const nodes = design.nodes.map((node): Candidate => {
    const spec = specOf(node.kind);
    const badge = spec && worstBadge(spec, node.id, node.label, live);
    const state = badge ? [badge.text] : [];
    const settings = spec ? settingsOf(spec.params, node.params) : [];
    return { id: node.id, name: node.label, texts: [spec?.label ?? node.kind, ...state, ...settings] };
  });
  const links = design.links.map((link): Candidate => {
    const breaker = breakerOf(live, link.id);
    const state = breaker ? [BREAKER_WORDS[breaker]] : [];
    return {
      id: link.id,
      name: nameOf(design, link.id),
      texts: ['Link', ...state, ...settingsOf(LINK_PARAMS, link.params)],
    };
  });
  const groups = design.groups.map(({ id, label, kind }) => ({ id, name: label, texts: [kind] }));
  const notes = design.notes.map(({ id, text }) => ({
    id,
    name: text.slice(0, MOST_OF_NOTE),
    texts: ['note', text],
  }));
  return [...nodes, ...links, ...groups, ...notes];
}

const MOST_OF_NOTE = 60;

/** What differs from the defaults, as people read it. */
function settingsOf(table: ParamTable, params: ParamOverrides): string[] {
  return Object.entries(params).flatMap(([name, value]) => {
    const param = Object.hasOwn(table, name) ? table[name] : undefined;
    return param ? [`${param.label} ${valueText(param, value)}`] : [];
  });
}

function valueText(param: Param, value: unknown): string {
  if (param.type === 'number' && typeof value === 'number') return showQuantity(value, param.unit);
  if (param.type === 'flag') return value === true ? 'on' : 'off';
  if (param.type === 'set') return setWords(param.options, String(value));
  if (param.type === 'choice') return param.options.find((option) => option.value === value)?.label ?? '';
  return '';
}
