/** The whole interface over a fake worker, rendered, for tests by role and label. */
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, vi } from 'vitest';
import { emptyDesign, type Design } from '../../../src/model/document.ts';
import { createSession } from '../../../src/session/remote.ts';
import { App } from '../../../src/ui/app/App.tsx';
import type { Services } from '../../../src/ui/app/context.ts';
import { createSpeech } from '../../../src/ui/app/speech.ts';
import { createView } from '../../../src/ui/app/view.ts';
import { loadCommands } from '../../../src/ui/commands/load.ts';
import { createCanvasHandle } from '../../../src/ui/canvas/handle.ts';
import { createAutosave } from '../../../src/ui/design/autosave.ts';
import { Files } from '../../../src/ui/design/files.ts';
import { createVersions } from '../../../src/ui/design/versions.ts';
import { createLibrary } from '../../../src/ui/design/library.ts';
import { createMemory } from '../../../src/ui/design/memory.ts';
import { createDesignStore } from '../../../src/ui/design/store.ts';
import { Run } from '../../../src/ui/run/run.ts';
import { createTheme } from '../../../src/ui/theme/theme.ts';
import { createFakeApi, type FakeApi } from '../../session/fake-api.ts';
import { createFakeWorker } from '../../session/fake-worker.ts';

// On a page they are there before anybody presses a key.
beforeAll(() => loadCommands());

export const shop: Design = {
  ...emptyDesign('Shop'),
  nodes: [
    { id: 'n1', kind: 'client', label: 'Shoppers', position: { x: 0, y: 0 }, params: {} },
    { id: 'n2', kind: 'service', label: 'api', position: { x: 200, y: 0 }, params: {} },
    { id: 'n3', kind: 'database', label: 'orders', position: { x: 300, y: 200 }, params: {} },
  ],
  links: [{ id: 'l1', from: 'n1', to: 'n2', params: {} }],
};

export interface Editor {
  readonly services: Services;
  readonly user: ReturnType<typeof userEvent.setup>;
  readonly api: FakeApi;
  /** The design as it is now. */
  design(): Design;
  leave(): void;
}

/** Services over storage that starts empty and a worker whose time stands still. */
export function createServices(design = shop): { services: Services; api: FakeApi } {
  localStorage.clear();
  sessionStorage.clear();
  const library = createLibrary(undefined);
  const memory = createMemory();
  const view = createView();
  const store = createDesignStore('doc', design, 'own');
  const autosave = createAutosave(store, library, memory);
  const files = new Files({ design: store, view, library, memory, autosave });
  const api = createFakeApi(() => 0);
  const run = new Run(
    createSession(() => createFakeWorker(api).worker),
    store.source,
  );
  const versions = createVersions(undefined);
  const rest = {
    versions: () => Promise.resolve(versions),
    speech: createSpeech(),
    canvas: createCanvasHandle(),
    theme: createTheme(),
  };
  return { services: { design: store, view, run, files, memory, ...rest }, api };
}

export function showEditor(design = shop): Editor {
  HTMLCanvasElement.prototype.getContext = () => null;
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1_000);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no network in tests')));
  const { services, api } = createServices(design);
  const user = userEvent.setup();
  const shown = render(<App services={services} />);
  return {
    services,
    api,
    user,
    design: () => services.design.getState().design,
    leave() {
      shown.unmount();
      services.run.dispose();
      services.files.autosave.stop();
      vi.restoreAllMocks();
      vi.unstubAllGlobals();
    },
  };
}

export const node = (name: RegExp) => screen.findByRole('group', { name });
export const inspector = () => screen.getByRole('complementary', { name: 'Inspector' });
