/**
 * Which links may be drawn, and in words why another may not. The rules speak of roles, never of a particular kind,
 * so a new kind needs no rule of its own. It must not know the screen.
 */
import type { Design, DesignNode } from '../model/document.ts';
import type { KindSpec } from './contract.ts';
import { SPECS } from './specs.ts';

/** Why `fromId` may not call `toId`, as one sentence, or null when it may. */
export function connectionProblem(design: Design, fromId: string, toId: string): string | null {
  const from = design.nodes.find((node) => node.id === fromId);
  const to = design.nodes.find((node) => node.id === toId);
  if (!from || !to) return 'A link needs a component at both ends.';
  const caller = specOf(from);
  const callee = specOf(to);
  if (!caller || !callee) return 'This version does not know one of the two components.';
  if (from === to) return 'A component cannot call itself.';
  if (design.links.some((link) => link.from === fromId && link.to === toId)) {
    return `There is already a link from ${from.label} to ${to.label}.`;
  }
  return kindProblem(caller, callee) ?? countProblem(design, from, caller) ?? loopProblem(design, from, to);
}

/** Why components of these kinds can never be linked in this direction, or null when they can. */
export function kindProblem(caller: KindSpec, callee: KindSpec): string | null {
  if (callee.role === 'source') return `${callee.label} start requests; nothing can call them.`;
  if (caller.calls === 'none') return `${withArticle(caller)} calls nobody.`;
  if (callee.role === 'lookaside' && caller.role !== 'compute') {
    return `${withArticle(callee)} only knows what its caller puts in, so a service has to call it.`;
  }
  return null;
}

function countProblem(design: Design, from: DesignNode, caller: KindSpec): string | null {
  if (caller.calls !== 'one' || !design.links.some((link) => link.from === from.id)) return null;
  const between = Object.values(SPECS)
    .filter((spec) => spec.role === 'proxy' && spec.calls === 'many')
    .map((spec) => inSentence(spec.label));
  const who = caller.role === 'source' ? `${caller.label} call` : `${withArticle(caller)} calls`;
  return `${who} one thing; put a ${between.join(' or ')} in between.`;
}

function loopProblem(design: Design, from: DesignNode, to: DesignNode): string | null {
  const way = wayBetween(design, to.id, from.id);
  if (!way) return null;
  const names = [from.id, ...way].map((id) => design.nodes.find((node) => node.id === id)?.label ?? id);
  const shown = names.length > 4 ? [...names.slice(0, 2), '…', names.at(-1)!] : names;
  return `That would make a loop: ${shown.join(' → ')}.`;
}

/** Ids on a shortest way along links, both ends included; null when there is none. */
function wayBetween(design: Design, startId: string, endId: string): string[] | null {
  const cameFrom = new Map<string, string | null>([[startId, null]]);
  const waiting = [startId];
  for (const id of waiting) {
    if (id === endId) break;
    for (const link of design.links) {
      if (link.from !== id || cameFrom.has(link.to)) continue;
      cameFrom.set(link.to, id);
      waiting.push(link.to);
    }
  }
  if (!cameFrom.has(endId)) return null;
  const way: string[] = [];
  for (let id: string | null = endId; id !== null; id = cameFrom.get(id) ?? null) way.unshift(id);
  return way;
}

function specOf(node: DesignNode): KindSpec | null {
  return Object.hasOwn(SPECS, node.kind) ? SPECS[node.kind] : null;
}

function withArticle(spec: KindSpec): string {
  const name = inSentence(spec.label);
  return `${/^[aeiou]/i.test(name) ? 'An' : 'A'} ${name}`;
}

/** "Sharded DB" → "sharded DB", but "CDN" stays. */
function inSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label;
}
