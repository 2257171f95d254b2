/** A run over a fake worker and a design that can be edited, for tests. */
import { emptyDesign, type Design, type DesignNode } from '../../../src/model/document.ts';
import { createSession } from '../../../src/session/remote.ts';
import type { DesignChange, DesignSource } from '../../../src/ui/run/design-source.ts';
import { Run } from '../../../src/ui/run/run.ts';
import { eventually } from '../../session/patience.ts';
import { createFakeApi } from '../../session/fake-api.ts';
import { createFakeWorker, type FakeWorker } from '../../session/fake-worker.ts';

const node = (id: string, kind: string): DesignNode => ({
  id,
  kind,
  label: id,
  position: { x: 0, y: 0 },
  params: {},
});

export const shop: Design = {
  ...emptyDesign('Shop'),
  nodes: [node('users', 'client'), node('api', 'service'), node('orders', 'sharded-database')],
  links: [
    { id: 'users-api', from: 'users', to: 'api', params: {} },
    { id: 'api-orders', from: 'api', to: 'orders', params: {} },
  ],
};

export interface Started {
  readonly run: Run;
  readonly workers: FakeWorker[];
  /** The worker that lives now. */
  readonly worker: () => FakeWorker;
  change(edit: (design: Design) => Design, change?: DesignChange): void;
}

export async function startRun(): Promise<Started> {
  let design = shop;
  const listeners = new Set<(change: DesignChange) => void>();
  const change: Started['change'] = (edit, how = 'edit') => {
    design = edit(design);
    for (const listener of listeners) listener(how);
  };
  const source: DesignSource = {
    get: () => design,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setSeed: (seed) => change((before) => ({ ...before, seed })),
  };
  const workers: FakeWorker[] = [];
  const session = createSession(() => {
    // Time stands still unless a test moves it on.
    workers.push(createFakeWorker(createFakeApi(() => 0)));
    return workers[workers.length - 1].worker;
  });
  const run = new Run(session, source);
  await untilPlay(run, 'paused');
  return { run, workers, worker: () => workers[workers.length - 1], change };
}

export const untilPlay = (run: Run, play: ReturnType<Run['state']['getState']>['play']) =>
  eventually(() => {
    if (run.state.getState().play !== play) throw new Error(`still ${run.state.getState().play}`);
  });
