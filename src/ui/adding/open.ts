/**
 * The ways to a new component that begin with choosing its kind: quick-add, a link dragged into the open, a neighbour
 * by key. Each offers only what is legal there. It must not know how the kinds are shown.
 */
import { connectionProblem } from '../../kinds/connect.ts';
import type { KindSpec } from '../../kinds/contract.ts';
import { SPECS } from '../../kinds/specs.ts';
import type { Design, DesignNode, Point } from '../../model/document.ts';
import type { Services } from '../app/context.ts';
import { boxOf } from '../canvas/flow.ts';
import { addComponent, selectedNodes, type Wish } from '../design/actions.ts';

/** Any kind: beside the selected component, else at this point of the window, the pointer or the middle of the view. */
export function openQuickAdd(services: Services, at: Point | null = null): void {
  const { canvas, view } = services;
  const [anchor, ...others] = selectedNodes(services);
  const isBeside = at === null && anchor !== undefined && others.length === 0;
  const client = isBeside
    ? besideOf(services, anchor)
    : (at ?? canvas.pointer() ?? canvas.clientAt(canvas.centre()));
  const point = isBeside ? null : canvas.pointAt(client);
  view.setState({
    picking: {
      at: client,
      title: isBeside ? `Add a component next to ${anchor.label}` : 'Add a component',
      choices: Object.keys(SPECS).map((kind) => ({ kind })),
      ...(isBeside ? { origin: anchor.id } : {}),
      pick: (kind) => add(services, kind, point ? { at: point } : {}),
    },
  });
}

/** A link was dragged from a component to this point of the window: what may stand there. */
export function openContinuation(services: Services, id: string, isReversed: boolean, client: Point): void {
  const point = services.canvas.pointAt(client);
  if (point) offerNeighbours(services, id, isReversed, point, client);
}

function offerNeighbours(
  services: Services,
  id: string,
  isReversed: boolean,
  point: Point,
  client: Point,
): void {
  const { design } = services.design.getState();
  const node = design.nodes.find((each) => each.id === id);
  if (!node) return;
  const kinds = Object.values(SPECS).filter((spec) => problemWith(design, node, spec, isReversed) === null);
  if (kinds.length === 0) {
    const reasons = Object.values(SPECS).map((spec) => problemWith(design, node, spec, isReversed));
    const text = mostCommon(reasons) ?? `Nothing can be linked with ${node.label} there.`;
    services.view.notify({ id: 'linking', tone: 'info', text, isBrief: true });
    services.speech.say(text);
    return;
  }
  services.view.setState({
    picking: {
      at: client,
      title: isReversed ? `Add what calls ${node.label}` : `Add what ${node.label} calls`,
      choices: kinds.map(({ kind }) => ({ kind })),
      origin: id,
      pick: (kind) => add(services, kind, isReversed ? { at: point, to: id } : { at: point, from: id }),
    },
  });
}

/** For the keyboard: a neighbour in the direction of an arrow; right and down are called, left and up call. */
export function openNeighbour(services: Services, id: string, arrow: string): void {
  const node = services.design.getState().design.nodes.find((each) => each.id === id);
  if (!node) return;
  const { x, y, width, height } = boxOf(node);
  const places: Readonly<Record<string, Point>> = {
    ArrowRight: { x: x + width + GAP, y: y + height / 2 },
    ArrowLeft: { x: x - GAP, y: y + height / 2 },
    ArrowDown: { x: x + width + GAP, y: y + 2 * height },
    ArrowUp: { x: x - GAP, y: y - height },
  };
  const place = places[arrow] ?? places.ArrowRight;
  services.canvas.reveal({ x: place.x - 100, y: place.y - 60, width: 200, height: 120 });
  const isReversed = arrow === 'ArrowLeft' || arrow === 'ArrowUp';
  offerNeighbours(services, id, isReversed, place, services.canvas.clientAt(place));
}

/** Room between a component and its new neighbour. */
const GAP = 80;

function add(services: Services, kind: string, wish: Wish): void {
  const id = addComponent(services, kind, wish);
  if (id) requestAnimationFrame(() => services.canvas.focus(id));
}

function besideOf({ canvas }: Services, node: DesignNode): Point {
  const box = boxOf(node);
  return canvas.clientAt({ x: box.x + box.width + 16, y: box.y });
}

function problemWith(design: Design, node: DesignNode, spec: KindSpec, isReversed: boolean): string | null {
  const future: DesignNode = { ...node, id: '', label: spec.label, kind: spec.kind };
  const [from, to] = isReversed ? ['', node.id] : [node.id, ''];
  return connectionProblem({ ...design, nodes: [...design.nodes, future] }, from, to);
}

function mostCommon(reasons: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>();
  for (const reason of reasons) if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
