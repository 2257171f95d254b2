/** What a command is: one entry that feeds key handling, menus, the command palette and help. */
import type { Services } from '../app/context.ts';

export type CommandGroup = 'Design' | 'Edit' | 'View' | 'Run' | 'Help';

export interface Command {
  readonly id: string;
  /** Sentence case, verb first. */
  readonly label: string;
  readonly group: CommandGroup;
  /** Like `Mod+Shift+Z`, `Delete`, `Shift+1`, `?`. Mod is ⌘ on Apple's machines and Ctrl elsewhere. */
  readonly keys?: readonly string[];
  /**
   * `page`: also while typing in a field; `keys`: not in fields, menus and dialogs; `canvas`: only with the focus on
   * the canvas; `native`: the browser's own event does it, the keys are only shown.
   */
  readonly where: 'page' | 'keys' | 'canvas' | 'native';
  /** Kept out of the command palette: an arrow key is quicker than finding it there. */
  readonly isMinor?: boolean;
  /** The label with what it is about to do: "Undo move 3 nodes". */
  name?(services: Services): string;
  isPossible?(services: Services): boolean;
  /** `keys` is the shortcut that was pressed, for commands whose shortcuts differ in degree. */
  run(services: Services, keys?: string): void;
}
