/**
 * The commands come right after the first picture, which can do without them. A key pressed before that is carried out
 * when they are there. It must not know any command.
 */
import { useSyncExternalStore } from 'react';
import type { Services } from '../app/context.ts';
import type * as registry from './registry.ts';

type Registry = typeof registry;

let loaded: Registry | null = null;
const waiting = new Set<() => void>();

export async function loadCommands(): Promise<Registry> {
  loaded = await import('./registry.ts');
  for (const tell of waiting) tell();
  return loaded;
}

/** null until they are there. */
export function useCommands(): Registry | null {
  return useSyncExternalStore(
    (tell) => {
      waiting.add(tell);
      return () => void waiting.delete(tell);
    },
    () => loaded,
  );
}

export function runCommand(services: Services, id: string): void {
  const run = ({ commandById }: Registry) => commandById(id).run(services);
  if (loaded) run(loaded);
  else void loadCommands().then(run);
}

/** Carries out the command of a key press, which then is nobody else's. */
export function pressKey(services: Services, event: KeyboardEvent): void {
  if (!loaded) void loadCommands().then(({ handleKey }) => handleKey(services, event));
  else if (loaded.handleKey(services, event)) event.preventDefault();
}
