/** Opens the menu that belongs to what was clicked, or to what is selected. It must not know what is in them. */
import type { Point } from '../../model/document.ts';
import type { Services } from '../app/context.ts';
import type { MenuSection } from '../app/view.ts';
import { boxOf } from '../canvas/flow.ts';
import { nameOf } from '../run/design-source.ts';

/** What stands in a menu is no part of the first picture; it comes right after it. */
export const loadEntries = () => import('./entries.ts');

/** A menu that waits longer for the simulation feels broken; it then opens without knowing what is active. */
const MOST_WAIT_MS = 150;

interface Click {
  readonly clientX: number;
  readonly clientY: number;
  preventDefault(): void;
}

export function openNodeMenu(services: Services, event: Click, id: string): void {
  event.preventDefault();
  const { view } = services;
  if (!view.getState().selection.has(id)) view.select([id]);
  void open(services, id, pointOf(event), 'nodeSections');
}

export function openLinkMenu(services: Services, event: Click, id: string): void {
  event.preventDefault();
  services.view.select([id]);
  void open(services, id, pointOf(event), 'linkSections');
}

export function openPaneMenu(services: Services, event: Click | MouseEvent): void {
  event.preventDefault();
  const at = pointOf(event);
  void openCanvasMenu(services, at, services.canvas.pointAt(at));
}

/** Of a group: on its frame's title, or on the card it is collapsed to. */
export function openGroupMenu(services: Services, event: Click, id: string): void {
  event.preventDefault();
  void open(services, id, pointOf(event), 'groupSections');
}

export function openNoteMenu(services: Services, event: Click, id: string): void {
  event.preventDefault();
  services.view.select([id]);
  void openNote(services, id, pointOf(event));
}

/** For the keyboard: the menu stands beside the first selected element. */
export function openSelectionMenu(services: Services): void {
  const { design } = services.design.getState();
  const { selection } = services.view.getState();
  const node = design.nodes.find((each) => selection.has(each.id));
  const link = design.links.find((each) => selection.has(each.id));
  const group = design.groups.find((each) => selection.has(each.id));
  const note = design.notes.find((each) => selection.has(each.id));
  if (node) {
    const box = boxOf(node);
    const at = services.canvas.clientAt({ x: box.x + box.width / 2, y: box.y + box.height });
    void open(services, node.id, at, 'nodeSections');
    return;
  }
  const centre = services.canvas.centre();
  const at = services.canvas.clientAt(centre);
  if (link) void open(services, link.id, at, 'linkSections');
  else if (group) void open(services, group.id, at, 'groupSections');
  else if (note) void openNote(services, note.id, services.canvas.clientAt(note.position));
  else void openCanvasMenu(services, at, centre);
}

/** A menu that does not ask the simulation. */
async function openNote(services: Services, id: string, at: Point): Promise<void> {
  const sections = offered(services, (await loadEntries()).noteSections(services, id));
  if (sections.length > 0) services.view.setState({ menu: { at, label: 'Note', sections } });
}

/** `at` in the window, `point` on the canvas. */
async function openCanvasMenu(services: Services, at: Point, point: Point | null): Promise<void> {
  const { paneSections } = await loadEntries();
  const sections = offered(services, paneSections(services, point));
  services.view.setState({ menu: { at, label: 'Canvas', sections } });
}

async function open(
  services: Services,
  id: string,
  at: Point,
  kind: 'nodeSections' | 'linkSections' | 'groupSections',
): Promise<void> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), MOST_WAIT_MS));
  const asked = services.run.session.inspect(id).catch(() => null);
  const [inspection, entries] = await Promise.all([Promise.race([asked, late]), loadEntries()]);
  const sections = offered(services, entries[kind](services, id, inspection?.faults ?? []));
  if (sections.length === 0) return;
  services.view.setState({ menu: { at, label: nameOf(services.design.getState().design, id), sections } });
}

/** Where a design is only looked at, what would change it is left out. */
function offered({ view }: Services, sections: readonly MenuSection[]): readonly MenuSection[] {
  if (view.getState().mode === 'edit') return sections;
  return sections
    .map((section) => ({
      ...section,
      entries: section.entries.filter(({ id }) => id.startsWith('fault-') || id === 'fit'),
    }))
    .filter(({ entries }) => entries.length > 0);
}

function pointOf(event: { readonly clientX: number; readonly clientY: number }): Point {
  return { x: event.clientX, y: event.clientY };
}
