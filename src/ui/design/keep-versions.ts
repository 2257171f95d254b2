/** Keeps a version after every save; what keeps them is fetched with the first one, after the first picture. */
import type { Autosave } from './autosave.ts';
import type { DesignStore } from './store.ts';
import type { Versions } from './versions.ts';

/** The versions, once something needs them. */
export type VersionsSource = () => Promise<Versions>;

export function lazyVersions(): VersionsSource {
  let versions: Promise<Versions> | null = null;
  return () => (versions ??= import('./versions.ts').then((module) => module.createVersions()));
}

export function keepVersions(autosave: Autosave, design: DesignStore, versions: VersionsSource): () => void {
  return autosave.subscribe(({ phase, saved }, before) => {
    if (phase !== 'saved' || !saved || saved === before.saved) return;
    if (design.getState().documentId !== saved.id) return;
    // A refusal was already said of the save itself, or will be of the next one.
    void versions()
      .then((each) => each.keep(saved.id, saved.text))
      .catch(() => undefined);
  });
}
