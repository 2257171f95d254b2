/**
 * What is shown first: the design of a link, else the work of this tab or the last one worked on, else the first
 * example, running. It must not know React.
 */
import type { Files } from '../design/files.ts';
import type { Memory } from '../design/memory.ts';
import type { DesignStore } from '../design/store.ts';
import type { Run } from '../run/run.ts';
import type { ViewStore } from './view.ts';

export interface BootServices {
  readonly files: Files;
  readonly memory: Memory;
  readonly design: DesignStore;
  readonly view: ViewStore;
  readonly run: Run;
}

export async function boot(services: BootServices, hash: string): Promise<void> {
  const { files, memory, run, view } = services;
  const tab = memory.tab();
  const isOwnHash = tab !== null && tab.hash !== '' && tab.hash === hash;
  const own = await firstStored(files, [tab?.id ?? null, memory.last()]);
  if (hash.length > 1 && !(isOwnHash && own?.id === tab.id)) {
    const isShown = await files.openLink(hash);
    if (isShown && own) files.offerWayBack(own.id, own.name, 'link');
    if (isShown || (await resume(files, own?.id))) return;
  } else if (await resume(files, own?.id)) return;
  const [first] = await files.examples();
  const refusal = view.getState().notices.find(({ id }) => id === 'bad-input');
  if (first && (await files.openExample(first.file))) {
    // Why the link was not opened is no older story than the example.
    if (refusal) view.notify(refusal);
    view.setState({ isWelcome: true });
    run.play();
  }
}

async function resume(files: Files, id: string | undefined): Promise<boolean> {
  return id !== undefined && (await files.openStored(id));
}

async function firstStored(files: Files, ids: readonly (string | null)[]) {
  for (const id of ids) {
    const stored = id === null ? null : await files.newest(id);
    if (stored) return stored;
  }
  return null;
}
