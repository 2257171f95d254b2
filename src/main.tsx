// Composition root: the one file that knows every layer.
import './ui/theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { emptyDesign } from './model/document.ts';
import { createSession } from './session/remote.ts';
import { App } from './ui/app/App.tsx';
import { boot } from './ui/app/boot.ts';
import { readMode, READ_ONLY_NOTICE } from './ui/app/mode.ts';
import { createSpeech } from './ui/app/speech.ts';
import { createView } from './ui/app/view.ts';
import { createCanvasHandle } from './ui/canvas/handle.ts';
import { untilCanvas } from './ui/check/address.ts';
import { createAutosave } from './ui/design/autosave.ts';
import { Files } from './ui/design/files.ts';
import { keepVersions, lazyVersions } from './ui/design/keep-versions.ts';
import { createLibrary } from './ui/design/library.ts';
import { createMemory } from './ui/design/memory.ts';
import { createDesignStore, freshDocumentId } from './ui/design/store.ts';
import { guardTabs } from './ui/design/tabs.ts';
import { Run } from './ui/run/run.ts';
import { createTheme } from './ui/theme/theme.ts';

const mode = readMode(location.search);
const view = createView(mode);
const isReadOnly = mode !== 'edit';
const noStorage = (): Storage => {
  throw new Error('A design that is only looked at leaves nothing behind.');
};
const library = createLibrary();
const memory = isReadOnly ? createMemory(noStorage, noStorage) : createMemory();
const refuse = () => view.notify(READ_ONLY_NOTICE);
const design = createDesignStore(freshDocumentId(), emptyDesign(), 'own', isReadOnly ? refuse : null);
const autosave = createAutosave(design, library, memory);
const files = new Files({ design, view, library, memory, autosave });
const run = new Run(createSession(), design.source);
// A small screen belongs to the drawing first.
if (matchMedia('(max-width: 600px), (max-height: 500px)').matches) run.showDock(false);
const speech = createSpeech();
const canvas = createCanvasHandle();
const theme = createTheme();
const versions = lazyVersions();
if (!isReadOnly) {
  guardTabs(design, view);
  keepVersions(autosave, design, versions);
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App services={{ design, view, run, files, memory, versions, speech, canvas, theme }} />
  </StrictMode>,
);
void untilCanvas()
  .then(() => boot({ files, memory, design, view, run }, location.hash))
  // Filling the cache must not compete with the first picture.
  .then(() => (import.meta.env.PROD && mode !== 'embed' ? keepAppOffline() : undefined));

async function keepAppOffline(): Promise<void> {
  const { keepOffline } = await import('./ui/app/offline.ts');
  await keepOffline(view, autosave);
}
