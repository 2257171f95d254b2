/** The simulation worker: offers the runner to the page over Comlink and sends it frames. Nothing is decided here. */
import { expose, transfer } from 'comlink';
import { buffersOf } from './buffers.ts';
import { failureOf } from './failure.ts';
import type { FrameSink, WorkerApi } from './api.ts';
import type { Frame, Layout } from './protocol.ts';
import { Runner } from './runner.ts';

/** Pause of the loop when the run is not behind, ms. */
const IDLE_MS = 4;

let listener: FrameSink | null = null;
let backlog: [Frame, Layout | null][] = [];

const channel = new MessageChannel();
let next: (() => void) | null = null;
channel.port1.onmessage = () => next?.();

function deliver(frame: Frame, layout: Layout | null): void {
  if (!listener) backlog.push([frame, layout]);
  else {
    // A page that failed over a frame has still had it.
    const acknowledge = (spent: readonly ArrayBuffer[]) => runner.acknowledge(spent);
    void listener(transfer(frame, buffersOf(frame)), layout).then(acknowledge, () => acknowledge([]));
  }
}

const runner = new Runner({
  now: () => performance.now(),
  schedule(callback, idle) {
    next = callback;
    if (idle) setTimeout(callback, IDLE_MS);
    else channel.port2.postMessage(null);
  },
  send: deliver,
  fail: tell,
});

function tell(problem: unknown, simMs: number): void {
  postMessage({ failed: failureOf(problem, simMs) });
}

/** An order that fails ends the run like an event that does: told before Comlink's own answer, with place and time. */
function guarded<A extends unknown[], R>(carryOut: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    try {
      return carryOut(...args);
    } catch (problem) {
      tell(problem, runner.simMs);
      throw problem;
    }
  };
}

/** Comlink makes every method asynchronous for the page. */
type Served = {
  [K in keyof WorkerApi]: (...args: Parameters<WorkerApi[K]>) => Awaited<ReturnType<WorkerApi[K]>>;
};

const api: Served = {
  load: guarded((design, drill) => runner.load(design, drill)),
  onFrame(callback) {
    listener = callback;
    const waiting = backlog;
    backlog = [];
    for (const [frame, layout] of waiting) deliver(frame, layout);
  },
  play: guarded(() => runner.play()),
  pause: guarded(() => runner.pause()),
  step: guarded((size) => runner.step(size)),
  setSpeed: guarded((speed) => runner.setSpeed(speed)),
  stopAt: guarded((simMs) => runner.stopAt(simMs)),
  apply: guarded((design) => runner.apply(design)),
  inject: guarded((order) => runner.inject(order)),
  fetchTrace: guarded((request) => runner.trace(request)),
  recentTraces: guarded(() => runner.recentTraces()),
  inspect: guarded((subject) => runner.inspect(subject)),
};

expose(api);
