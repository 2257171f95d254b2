/** A worker without a thread: the fake API behind a message channel, that can be made to fail. */
import { expose, type Endpoint } from 'comlink';
import type { SessionWorker } from '../../src/session/remote.ts';
import type { Failure } from '../../src/session/protocol.ts';
import { createFakeApi, type FakeApi } from './fake-api.ts';

export interface FakeWorker {
  readonly worker: SessionWorker;
  readonly api: FakeApi;
  isTerminated: boolean;
  /** As if an exception had reached the worker's global scope. */
  crash(message: string): void;
  /** As if the worker had caught its own failure. */
  tellFailure(failure: Failure): void;
}

export function createFakeWorker(api: FakeApi = createFakeApi()): FakeWorker {
  const { port1, port2 } = new MessageChannel();
  expose(api, port2 as unknown as Endpoint);
  const onError = new Set<(event: Event) => void>();
  port1.start();
  const fake: FakeWorker = {
    api,
    isTerminated: false,
    worker: {
      postMessage: (message, transfer) => port1.postMessage(message, transfer ?? []),
      addEventListener(type, listener, options) {
        if (type === 'error') onError.add(listener as (event: Event) => void);
        else port1.addEventListener(type, listener as EventListener, options);
      },
      removeEventListener: (type, listener) => port1.removeEventListener(type, listener as EventListener),
      terminate() {
        fake.isTerminated = true;
        port1.close();
        port2.close();
      },
    },
    crash(message) {
      for (const listener of onError) listener(Object.assign(new Event('error'), { message }));
    },
    tellFailure: (failure) => port2.postMessage({ failed: failure }),
  };
  return fake;
}
