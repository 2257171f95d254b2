/**
 * From one component to the next along links, by arrow keys: right to what is called, left to who calls, up and down
 * among those that share a caller or a callee. It must not know keys or React.
 */
import type { Design, DesignNode } from '../../model/document.ts';
import type { Services } from '../app/context.ts';
import { boxOf } from './flow.ts';
import { neighbour } from './linking.ts';

/** Selects, shows and focuses the next component; says its name, or that there is none. */
export function walk({ design, view, canvas, speech }: Services, arrow: string): void {
  const { design: current } = design.getState();
  const { selection } = view.getState();
  const here = current.nodes.find((node) => selection.has(node.id));
  const link = current.links.find((each) => selection.has(each.id));
  const end = link && (arrow === 'ArrowLeft' || arrow === 'ArrowUp' ? link.from : link.to);
  const next = here
    ? nextAlong(current, here, arrow)
    : (current.nodes.find((node) => node.id === end) ?? firstOf(current));
  if (!next)
    return speech.say(here ? `Nothing ${WORDS[arrow] ?? ''} ${here.label}.` : 'There is no component.');
  view.select([next.id]);
  canvas.reveal(boxOf(next));
  // Only what is in view is drawn.
  requestAnimationFrame(() => canvas.focus(next.id));
}

const WORDS: Readonly<Record<string, string>> = {
  ArrowRight: 'is called by',
  ArrowLeft: 'calls',
  ArrowUp: 'stands above',
  ArrowDown: 'stands below',
};

export function nextAlong(design: Design, here: DesignNode, arrow: string): DesignNode | null {
  const ends = (ids: readonly string[]) => design.nodes.filter((node) => ids.includes(node.id));
  const callees = (id: string) => design.links.filter((link) => link.from === id).map((link) => link.to);
  const callers = (id: string) => design.links.filter((link) => link.to === id).map((link) => link.from);
  if (arrow === 'ArrowRight') return closest(ends(callees(here.id)), here);
  if (arrow === 'ArrowLeft') return closest(ends(callers(here.id)), here);
  const siblings = new Set([
    here.id,
    ...callers(here.id).flatMap(callees),
    ...callees(here.id).flatMap(callers),
  ]);
  const among = { ...design, nodes: ends([...siblings]) };
  return neighbour(among, here.id, arrow) ?? neighbour(design, here.id, arrow);
}

/** The one whose height differs least, so that going right and left again comes back. */
function closest(nodes: readonly DesignNode[], { position }: DesignNode): DesignNode | null {
  const distance = (node: DesignNode) => Math.abs(node.position.y - position.y);
  return nodes.reduce<DesignNode | null>(
    (best, node) => (best === null || distance(node) < distance(best) ? node : best),
    null,
  );
}

/** Reading begins at the top left. */
function firstOf({ nodes }: Design): DesignNode | null {
  const rank = ({ position }: DesignNode) => position.x + position.y;
  return nodes.reduce<DesignNode | null>(
    (best, node) => (best && rank(best) <= rank(node) ? best : node),
    null,
  );
}
