/** The simulation worker: offers the runner to the page over Comlink and sends it frames. Nothing is decided here. */
import { expose, transfer } from 'comlink';
import { EndlessInstant } from '../engine/system.ts';
import { buffersOf } from './buffers.ts';
import type { Failure, Frame, FrameSink, Layout, WorkerApi } from './protocol.ts';
import { Runner } from './runner.ts';

/** Pause of the loop when the run is not behind, ms. */
const IDLE_MS = 4;

let listener: FrameSink | null = null;
let backlog: [Frame, Layout | null][] = [];
let seed = 0;

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
  fail(problem, simMs) {
    const message = problem instanceof Error ? problem.message : String(problem);
    const node = problem instanceof EndlessInstant ? problem.subject : null;
    const stack = problem instanceof Error ? problem.stack : '';
    const report = `${message}\nSimulated time: ${simMs} ms\nSeed: ${seed}\nNode: ${node ?? 'unknown'}\n${stack}`;
    const failure: Failure = { message, simMs, node, report };
    postMessage({ failed: failure });
  },
});

/** Comlink makes every method asynchronous for the page. */
type Served = {
  [K in keyof WorkerApi]: (...args: Parameters<WorkerApi[K]>) => Awaited<ReturnType<WorkerApi[K]>>;
};

const api: Served = {
  load(design, drill = null) {
    seed = design.seed;
    return runner.load(design, drill);
  },
  onFrame(callback) {
    listener = callback;
    const waiting = backlog;
    backlog = [];
    for (const [frame, layout] of waiting) deliver(frame, layout);
  },
  play: () => runner.play(),
  pause: () => runner.pause(),
  step: (size) => runner.step(size),
  setSpeed: (speed) => runner.setSpeed(speed),
  stopAt: (simMs) => runner.stopAt(simMs),
  apply: (design) => runner.apply(design),
  inject: (order) => runner.inject(order),
  fetchTrace: (request) => runner.trace(request),
  recentTraces: () => runner.recentTraces(),
  inspect: (subject) => runner.inspect(subject),
};

expose(api);
