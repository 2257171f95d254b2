/**
 * Copy, cut and paste as text on the system's clipboard, so that tabs, browsers and issue trackers can take part. It
 * must not know how a paste was asked for.
 */
import { serialize } from '../../model/canonical.ts';
import { copyElements, insertIds } from '../../model/copies.ts';
import type { Design, Point } from '../../model/document.ts';
import type { Services } from '../app/context.ts';
import { boxOf } from '../canvas/flow.ts';
import { boundsOf, GRID } from '../canvas/geometry.ts';
import { deleteElements, selectedNodes } from './actions.ts';
import { readPasted } from './reading.ts';

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
    services.view.notify({ id: 'clipboard', tone: 'warning', text });
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
    services.view.notify({ id: 'clipboard', tone: 'warning', text });
  }
}

/** Puts in what was pasted: a part of a design goes into this one, a link is opened. False for other text. */
export async function paste(services: Services, text: string, at?: Point): Promise<boolean> {
  const pasted = await readPasted(text);
  if (!pasted) return false;
  const { design } = pasted.reading;
  if (pasted.kind === 'link' || !design) {
    services.files.accept(pasted.reading, 'link');
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

function insert(services: Services, part: Design, at?: Point): void {
  const before = services.design.getState().design;
  const around = boundsOf(part.nodes.map((node) => boxOf(node)));
  if (!around) return;
  const ids = insertIds(before, part);
  const centre = at ?? services.canvas.centre();
  const isCrowded = before.nodes.some((node) => node.position.x === around.x && node.position.y === around.y);
  const inView = at === undefined && !isCrowded;
  const shift = (target: number, start: number, size: number) =>
    Math.round((target - start - size / 2) / GRID) * GRID;
  const offset = inView
    ? { x: shift(centre.x, around.x, around.width), y: shift(centre.y, around.y, around.height) }
    : at
      ? { x: shift(at.x, around.x, around.width), y: shift(at.y, around.y, around.height) }
      : { x: 2 * GRID, y: 2 * GRID };
  const label = services.design.edit({ type: 'insert', part, offset });
  services.view.select(part.nodes.map((node) => ids.get(node.id) ?? node.id));
  if (label) services.speech.say(`${label}.`);
}
