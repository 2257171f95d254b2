/** Every command there is, and how a key press finds one. The order is the order of help and palette. */
import type { Services } from '../app/context.ts';
import { linkingKey } from '../canvas/linking.ts';
import { ARRANGING } from './arranging.ts';
import type { Command } from './command.ts';
import { DRAWING } from './drawing.ts';
import { EDITING } from './editing.ts';
import { areSingleKeysOn, isSingleKey, listens, matchesKeys, showKeys } from './keys.ts';
import { REVIEWING } from './reviewing.ts';
import { FILING, RUNNING, VIEWING } from './others.ts';

export const COMMANDS: readonly Command[] = [
  ...EDITING,
  ...DRAWING,
  ...ARRANGING,
  ...RUNNING,
  ...VIEWING,
  ...FILING,
  ...REVIEWING,
];

/** Where a design is only looked at, nothing that would change or replace it. */
export function commandsFor({ view }: Pick<Services, 'view'>): readonly Command[] {
  if (view.getState().mode === 'edit') return COMMANDS;
  const groups: readonly Command['group'][] = ['Run', 'View', 'Help'];
  return COMMANDS.filter(({ id, group }) => groups.includes(group) || id === 'export');
}

export function commandById(id: string): Command {
  const command = COMMANDS.find((each) => each.id === id);
  if (!command) throw new Error(`There is no command ${id}.`);
  return command;
}

/** The first shortcut of a command as people read it; undefined without one. */
export function shortcutOf(id: string): string | undefined {
  const keys = commandById(id).keys?.[0];
  return keys && showKeys(keys);
}

/** Carries out the command of a key press. True when there was one. */
export function handleKey(services: Services, event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  if (services.view.getState().linking?.by === 'keys' && linkingKey(services, event.key, event.shiftKey))
    return true;
  for (const command of commandsFor(services)) {
    const keys = command.keys?.find((each) => matchesKeys(event, each));
    if (!keys || !listens(command.where, event.target)) continue;
    // A letter alone is also what people type by accident: it can be turned off, and edits on the canvas only.
    const heard = command.group === 'Edit' ? 'canvas' : 'keys';
    if (isSingleKey(keys) && !(areSingleKeysOn() && listens(heard, event.target))) continue;
    // A dialog that was asked for and is still on its way: what is typed is meant for it.
    if (services.view.getState().dialog !== null && command.where !== 'page') continue;
    if (command.isPossible && !command.isPossible(services)) return command.where !== 'canvas';
    command.run(services, keys);
    return true;
  }
  return false;
}
