/** Regions and zones as one card each, or drawn open. It must not know how either looks. */
import { membersOf } from '../canvas/grouping.ts';
import type { Editing } from './actions.ts';

/** One card, or all that is in it. What was selected in it stays selected, as its card. */
export function setCollapsed(editing: Editing, id: string, collapsed: boolean): void {
  const { design } = editing.design.getState();
  const members = membersOf(design, id);
  const label = editing.design.edit({ type: 'setCollapsed', id, collapsed });
  if (!label) return;
  const { selection } = editing.view.getState();
  const hidden = members.some((member) => selection.has(member));
  if (collapsed && hidden) editing.view.select([id]);
  if (!collapsed && selection.has(id)) editing.view.select(members);
  editing.speech.say(`${label}.`);
}
