/**
 * The page's handle of the model check: one worker for one check of all cases, thrown away with it. It must not know the
 * DOM or how a case runs.
 */
import { type Endpoint, proxy, wrap } from 'comlink';
import type { CheckApi, CheckEntry, CheckResult } from './protocol.ts';

/** What is needed of a `Worker`; tests pass one end of a `MessageChannel`. */
export interface CheckWorker extends Endpoint {
  terminate(): void;
}

export interface Check {
  /** Rejected, as `run` is, when the worker fails. */
  cases(): Promise<readonly CheckEntry[]>;
  run(seed: number, onResult: (result: CheckResult) => void): Promise<void>;
  /** Ends it at once, in the middle of a run too. What was promised then stays open. */
  end(): void;
}

function spawnWorker(): CheckWorker {
  return new Worker(new URL('./check.worker.ts', import.meta.url), { type: 'module', name: 'model check' });
}

export function startCheck(spawn: () => CheckWorker = spawnWorker): Check {
  const worker = spawn();
  const api = wrap<CheckApi>(worker);
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(messageOf(event as Event))));
  });
  failed.catch(() => {}); // it is heard through the races below
  return {
    cases: () => Promise.race([api.cases(), failed]),
    run: (seed, onResult) => Promise.race([api.run(seed, proxy(onResult)), failed]),
    end: () => worker.terminate(),
  };
}

function messageOf(event: Event): string {
  const text = 'message' in event && typeof event.message === 'string' ? event.message : '';
  return text || 'The check could not be started.';
}
