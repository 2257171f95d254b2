/**
 * Copy, cut and paste as text on the system's clipboard, so that tabs, browsers and issue trackers can take part. It
 * must not know how a paste was asked for.
 */
import { serialize } from '../../model/canonical.ts';
import { copyElements, insertIds } from '../../model/copies.ts';
import type { Design, Point } from '../../model/document.ts';
import type { Services } from '../app/context.ts';
import { boxOf } from '../canvas/flow.ts';
import { boundsOf, GRID, overlaps } from '../canvas/geometry.ts';
import { deleteElements, selectedNodes } from './actions.ts';

/** The selected nodes and the links among them as text; null with none selected. */
export function selectionText(
  services: Pick<Services, 'design' | 'view' | 'speech' | 'canvas'>,
): string | null {
  const nodes = selectedNodes(services);
  if (nodes.length === 0) return null;
  return serialize(
    copyElements(
      services.design.getState().design,
      nodes.map((node) => node.id),
    ),
  );
}

export async function copySelection(services: Services): Promise<boolean> {
  const text = selectionText(services);
  if (text === null) return false;
  try {
    await navigator.clipboard.writeText(text);
    services.speech.say('Copied.');
    return true;
  } catch {
    const text = 'This browser does not let the page copy from a menu. Press Ctrl C (⌘C) instead.';
    services.view.notify({ id: 'clipboard', tone: 'warning', text, isBrief: true });
    return false;
  }
}

export async function cutSelection(services: Services): Promise<void> {
  if (await copySelection(services)) deleteElements(services, services.view.getState().selection);
}

export async function pasteFromClipboard(services: Services, at?: Point): Promise<void> {
  try {
    await paste(services, await navigator.clipboard.readText(), at);
  } catch {
    const text =
      'This browser does not let the page read the clipboard from a menu. Press Ctrl V (⌘V) instead.';
    services.view.notify({ id: 'clipboard', tone: 'warning', text, isBrief: true });
  }
}

/** Puts in what was pasted: a part of a design goes into this one, a link is opened. False for other text. */
export async function paste(services: Services, text: string, at?: Point): Promise<boolean> {
  const { readPasted } = await import('./reading.ts');
  const pasted = await readPasted(text);
  if (!pasted) return false;
  const { design } = pasted.reading;
  if (pasted.kind !== 'json' || !design) {
    services.files.accept(pasted.reading, pasted.kind === 'link' ? 'link' : 'file');
    return true;
  }
  if (pasted.reading.isPartial) {
    services.view.notify({
      id: 'bad-input',
      tone: 'bad',
      text: pasted.reading.problem ?? '',
      details: pasted.reading.details,
      actions: [{ label: 'Paste what could be read', run: () => insert(services, design, at) }],
    });
    return true;
  }
  insert(services, design, at);
  return true;
}

/** Around the point asked for, else in the middle of the view; then aside until nothing is covered. */
function insert(services: Services, part: Design, at: Point = services.canvas.centre()): void {
  const { design } = services.design.getState();
  const around = boundsOf(part.nodes.map((node) => boxOf(node)));
  if (!around) return;
  const offset = {
    x: onGrid(at.x - around.x - around.width / 2),
    y: onGrid(at.y - around.y - around.height / 2),
  };
  const taken = design.nodes.map((node) => boxOf(node));
  const covers = () =>
    part.nodes.some((node) => {
      const { position } = node;
      const box = boxOf(node, { x: position.x + offset.x, y: position.y + offset.y });
      return taken.some((other) => overlaps(box, other));
    });
  for (let step = 0; step < MOST_STEPS && covers(); step++) {
    offset.x += 2 * GRID;
    offset.y += 2 * GRID;
  }
  const ids = insertIds(design, part);
  const label = services.design.edit({ type: 'insert', part, offset });
  services.view.select(part.nodes.map((node) => ids.get(node.id) ?? node.id));
  if (label) services.speech.say(`${label}.`);
}

/** After so many steps aside it may cover something; the design is that full. */
const MOST_STEPS = 40;

function onGrid(value: number): number {
  return Math.round(value / GRID) * GRID;
}
