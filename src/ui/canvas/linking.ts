/**
 * A connection on its way, by pointer or by keys: who may be its other end, which one is chosen, and in words why
 * another may not. It must not know React Flow or the DOM.
 */
import { connectionProblem } from '../../kinds/connect.ts';
import type { Design, DesignNode } from '../../model/document.ts';
import type { Services } from '../app/context.ts';
import type { Linking } from '../app/view.ts';
import { connect } from '../design/actions.ts';
import { nameOf } from '../run/design-source.ts';
import { boxOf } from './flow.ts';

type Connecting = Pick<Services, 'design' | 'view' | 'speech' | 'canvas'>;

export function beginLinking(
  services: Connecting,
  from: string,
  by: Linking['by'],
  isReversed = false,
): void {
  const { design } = services.design.getState();
  const verdicts = new Map<string, 'legal' | 'illegal'>();
  for (const node of design.nodes) {
    if (node.id !== from)
      verdicts.set(node.id, problemWith(design, from, node.id, isReversed) ? 'illegal' : 'legal');
  }
  services.view.setState({ linking: { from, by, isReversed, verdicts, target: null } });
  if (by === 'pointer') return;
  const legal = legalTargets(design, verdicts);
  const name = nameOf(design, from);
  const first = legal[0] ?? null;
  if (!first) {
    const reason = design.nodes.length < 2 ? 'There is nothing else.' : whyNone(design, from);
    services.speech.say(`${name} cannot be linked to anything. ${reason}`);
    services.view.setState({ linking: null });
    services.view.notify({
      id: 'linking',
      tone: 'info',
      text: `${name} cannot be linked to anything. ${reason}`,
      isBrief: true,
    });
    return;
  }
  services.view.dismiss('linking');
  choose(
    services,
    first.id,
    `Link from ${name}. ${legal.length} possible. Tab or arrows choose, Enter links, Escape cancels.`,
  );
}

/** The reason most other components are out; where each has its own, that there is none left. */
function whyNone(design: Design, from: string): string {
  const reasons = new Map<string, number>();
  for (const node of design.nodes) {
    const reason = node.id === from ? null : connectionProblem(design, from, node.id);
    if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const [first, second] = [...reasons].sort((a, b) => b[1] - a[1]);
  const isPlain = first !== undefined && (second === undefined || first[1] > second[1]);
  return isPlain ? first[0] : 'Nothing else here can be called by it.';
}

export function problemWith(design: Design, from: string, other: string, isReversed: boolean): string | null {
  return isReversed ? connectionProblem(design, other, from) : connectionProblem(design, from, other);
}

/** What is said of the node under the pointer or chosen by keys. */
export function verdictText(design: Design, linking: Linking, id: string): string | null {
  if (id === linking.from) return null;
  const problem = problemWith(design, linking.from, id, linking.isReversed);
  if (problem) return problem;
  const [caller, callee] = linking.isReversed ? [id, linking.from] : [linking.from, id];
  return `Link ${nameOf(design, caller)} → ${nameOf(design, callee)}`;
}

/** Pointer: over another node, or over none. */
export function hoverTarget(services: Connecting, id: string | null): void {
  const { linking } = services.view.getState();
  if (!linking || linking.target === id) return;
  services.view.setState({ linking: { ...linking, target: id } });
  const text = id && verdictText(services.design.getState().design, linking, id);
  if (text) services.speech.say(text);
}

/** Ends with a link to the chosen node, if that is legal. */
export function finishLinking(services: Connecting, id: string | null): void {
  const { linking } = services.view.getState();
  if (!linking) return;
  services.view.setState({ linking: null });
  if (id === null || id === linking.from) return;
  const { design } = services.design.getState();
  const problem = problemWith(design, linking.from, id, linking.isReversed);
  if (problem) {
    services.speech.say(`Not linked. ${problem}`);
    services.view.notify({ id: 'linking', tone: 'info', text: problem, isBrief: true });
    return;
  }
  services.view.dismiss('linking');
  if (linking.isReversed) connect(services, id, linking.from);
  else connect(services, linking.from, id);
  if (linking.by === 'keys') services.canvas.focus(linking.from);
}

export function cancelLinking(services: Connecting): void {
  const { linking } = services.view.getState();
  if (!linking) return;
  services.view.setState({ linking: null });
  services.speech.say('No link made.');
}

/**
 * Keys while a connection is chosen. Tab walks the legal targets, arrows go to the next node in that direction, legal
 * or not, and say which. True when the key was for this.
 */
export function linkingKey(services: Connecting, key: string, isShift: boolean): boolean {
  const { linking } = services.view.getState();
  if (!linking || linking.by !== 'keys') return false;
  const { design } = services.design.getState();
  if (key === 'Escape') cancelLinking(services);
  else if (key === 'Enter') finishLinking(services, linking.target);
  else if (key === 'Tab') step(services, design, linking, isShift ? -1 : 1);
  else if (key.startsWith('Arrow')) {
    const next = neighbour(design, linking.target ?? linking.from, key, linking.from);
    if (next) choose(services, next.id);
  } else return false;
  return true;
}

function step(services: Connecting, design: Design, linking: Linking, direction: 1 | -1): void {
  const legal = legalTargets(design, linking.verdicts);
  const at = legal.findIndex((node) => node.id === linking.target);
  const next = legal[(at + direction + legal.length) % legal.length];
  if (next) choose(services, next.id);
}

function choose(services: Connecting, id: string, before = ''): void {
  const { linking } = services.view.getState();
  const { design } = services.design.getState();
  const node = design.nodes.find((each) => each.id === id);
  if (!linking || !node) return;
  services.view.setState({ linking: { ...linking, target: id } });
  services.canvas.reveal(boxOf(node));
  const isLegal = linking.verdicts.get(id) === 'legal';
  const said = isLegal
    ? node.label
    : `${node.label}: not possible. ${verdictText(design, linking, id) ?? ''}`;
  services.speech.say([before, said].filter(Boolean).join(' '));
}

function legalTargets(design: Design, verdicts: Linking['verdicts']): DesignNode[] {
  return design.nodes
    .filter((node) => verdicts.get(node.id) === 'legal')
    .sort((a, b) => a.position.x - b.position.x || a.position.y - b.position.y);
}

/** The nearest node in the direction of an arrow key; sideways distance counts double. */
export function neighbour(
  design: Design,
  id: string,
  key: string,
  except: string | null = null,
): DesignNode | null {
  const here = design.nodes.find((node) => node.id === id);
  if (!here) return null;
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [
    0, 0,
  ];
  let best: DesignNode | null = null;
  let least = Infinity;
  for (const node of design.nodes) {
    const x = node.position.x - here.position.x;
    const y = node.position.y - here.position.y;
    const ahead = x * dx + y * dy;
    if (node.id === id || node.id === except || ahead <= 0) continue;
    const distance = ahead + 2 * Math.abs(x * dy + y * dx);
    if (distance < least) [best, least] = [node, distance];
  }
  return best;
}
