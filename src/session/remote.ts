/**
 * The page's handle of the simulation worker: starts it, acknowledges its frames and gives their memory back, notices when it died, and can
 * throw it away and start another. It must not know React, the DOM or what is in a frame.
 */
import { proxy, transfer, wrap, type Endpoint, type Remote } from 'comlink';
import type { Design } from '../model/document.ts';
import { buffersOf } from './buffers.ts';
import { ENDED_SILENTLY, failureIn, failureOf, NOT_STARTED, reportOf, UNREADABLE } from './failure.ts';
import type { Inspection } from './inspection.ts';
import type { StepSize, WorkerApi } from './api.ts';
import type { Failure, FaultOrder, Frame, Layout, Trace, TraceSummary } from './protocol.ts';

export type FrameListener = (frame: Frame, layout: Layout | null) => void;
export type FailureListener = (failure: Failure) => void;

/** What a session needs of a `Worker`; tests pass one end of a `MessageChannel`. */
export interface SessionWorker extends Endpoint {
  terminate(): void;
}

/** `WorkerApi` as the page sees it: every call can be awaited and is rejected when the worker dies meanwhile. */
export interface Session {
  load(design: Design, drill?: string | null): Promise<Layout>;
  apply(design: Design): Promise<Layout>;
  play(): Promise<void>;
  pause(): Promise<void>;
  step(size: StepSize): Promise<void>;
  setSpeed(speed: number): Promise<void>;
  stopAt(simMs: number | null): Promise<void>;
  inject(order: FaultOrder): Promise<void>;
  fetchTrace(request: number): Promise<Trace | null>;
  recentTraces(): Promise<readonly TraceSummary[]>;
  inspect(subject: string): Promise<Inspection | null>;
  /** A frame may be read until the next one has been told of; then its buffers go back to the worker. */
  onFrame(listener: FrameListener): () => void;
  /** Gives back a buffer of a frame that was handed to another thread meanwhile. */
  recycle(buffer: ArrayBuffer): void;
  onFailure(listener: FailureListener): () => void;
  /** Ends the worker at once, even in the middle of an endless loop. The next order starts a fresh, empty one. */
  stop(): void;
}

/** The reason a call is rejected with when its worker ended before it could answer. */
export class WorkerEnded extends Error {
  constructor() {
    super('The simulation ended before it could answer.');
    this.name = 'WorkerEnded';
  }
}

function spawnWorker(): SessionWorker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'simulation' });
}

export function createSession(spawn: () => SessionWorker = spawnWorker): Session {
  return new WorkerSession(spawn);
}

class WorkerSession implements Session {
  private readonly frameListeners = new Set<FrameListener>();
  private readonly failureListeners = new Set<FailureListener>();
  private readonly waiting = new Set<(reason: Error) => void>();
  private worker: SessionWorker | null = null;
  private api: Remote<WorkerApi> | null = null;
  private design: Design | null = null;
  private drill: string | null = null;
  private simMs = 0;
  /** The worker that lives now has been heard of. */
  private hasAnswered = false;
  /** The latest frame: on the screen until the next one comes. */
  private shown: Frame | null = null;
  private spent: ArrayBuffer[] = [];

  constructor(private readonly spawn: () => SessionWorker) {}

  load = (design: Design, drill: string | null = null) => {
    this.design = design;
    this.drill = drill;
    this.simMs = 0;
    return this.call((api) => api.load(design, drill));
  };
  apply = (design: Design) => {
    this.design = design;
    return this.call((api) => api.apply(design));
  };
  play = () => this.call((api) => api.play());
  pause = () => this.call((api) => api.pause());
  step = (size: StepSize) => this.call((api) => api.step(size));
  setSpeed = (speed: number) => this.call((api) => api.setSpeed(speed));
  stopAt = (simMs: number | null) => this.call((api) => api.stopAt(simMs));
  inject = (order: FaultOrder) => this.call((api) => api.inject(order));
  // A question starts no worker: where none lives there is nothing to tell.
  fetchTrace = (request: number) =>
    this.api ? this.call((api) => api.fetchTrace(request)) : Promise.resolve(null);
  recentTraces = () => (this.api ? this.call((api) => api.recentTraces()) : Promise.resolve([]));
  inspect = (subject: string) =>
    this.api ? this.call((api) => api.inspect(subject)) : Promise.resolve(null);

  onFrame(listener: FrameListener): () => void {
    this.frameListeners.add(listener);
    return () => this.frameListeners.delete(listener);
  }

  onFailure(listener: FailureListener): () => void {
    this.failureListeners.add(listener);
    return () => this.failureListeners.delete(listener);
  }

  recycle(buffer: ArrayBuffer): void {
    this.spent.push(buffer);
  }

  stop(): void {
    this.shown = null;
    this.spent = [];
    this.worker?.terminate();
    this.worker = null;
    this.api = null;
    for (const reject of this.waiting) reject(new WorkerEnded());
    this.waiting.clear();
  }

  private start(): Remote<WorkerApi> {
    const worker = this.spawn();
    const api = wrap<WorkerApi>(worker);
    const isCurrent = () => this.worker === worker;
    worker.addEventListener('error', (event) => {
      if (isCurrent()) this.fail(messageIn(event) || (this.hasAnswered ? ENDED_SILENTLY : NOT_STARTED));
    });
    worker.addEventListener('messageerror', () => {
      if (isCurrent()) this.fail(UNREADABLE);
    });
    worker.addEventListener('message', (event) => {
      if (!isCurrent()) return;
      this.hasAnswered = true;
      const failed = failureIn((event as MessageEvent).data);
      if (failed) this.end(failed);
    });
    this.hasAnswered = false;
    this.worker = worker;
    this.api = api;
    const deliver = proxy((frame: Frame, layout: Layout | null) =>
      Promise.resolve(isCurrent() ? this.receive(frame, layout) : []),
    );
    // Lost only together with the worker, which is noticed by the listeners above.
    Promise.resolve(api.onFrame(deliver)).catch(() => {});
    return api;
  }

  /** On arrival, not in an animation frame: a hidden tab has none, and the simulation is to run on. */
  private receive(frame: Frame, layout: Layout | null): ArrayBuffer[] {
    this.simMs = frame.simMs;
    for (const listener of this.frameListeners) listener(frame, layout);
    const spent = this.shown ? [...this.spent, ...buffersOf(this.shown)] : this.spent;
    this.shown = frame;
    this.spent = [];
    return transfer(spent, spent);
  }

  private call<T>(ask: (api: Remote<WorkerApi>) => Promise<T>): Promise<T> {
    let api: Remote<WorkerApi>;
    try {
      api = this.api ?? this.start();
    } catch (problem) {
      // Where workers are forbidden, making one throws.
      this.fail(`${NOT_STARTED} (${problem instanceof Error ? problem.message : String(problem)})`);
      return Promise.reject(new WorkerEnded());
    }
    return new Promise<T>((resolve, reject) => {
      // Comlink never settles a call whose worker is gone.
      this.waiting.add(reject);
      ask(api)
        .then(resolve, (problem) => {
          // The worker says itself what went wrong in it, and first: this is a call that could not even be made.
          if (this.api === api) this.end(failureOf(problem, this.simMs));
          reject(new WorkerEnded());
        })
        .finally(() => this.waiting.delete(reject));
    });
  }

  private fail(message: string): void {
    this.end(failureOf(message, this.simMs));
  }

  private end(failure: Failure): void {
    this.stop();
    const report = reportOf(failure, this.design, this.drill);
    for (const listener of this.failureListeners) listener({ ...failure, report });
  }
}

const messageIn = (event: Event): string =>
  'message' in event && typeof event.message === 'string' ? event.message : '';
