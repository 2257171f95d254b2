/**
 * A design, running: loads, plays, steps, edits and injects, and hands out frames. Where it cuts a run into slices
 * follows real time, and changes nothing in the run. It must not know Comlink or the page.
 */
import { NS_PER_MS, toMs, toNs } from '../engine/time.ts';
import type { Design } from '../model/document.ts';
import { BufferPool } from './buffers.ts';
import { applyDesign, assemble, type Running } from './assemble.ts';
import { type DrillRun, startDrill } from './drill.ts';
import { type ActiveFault, inject, lasting } from './faults.ts';
import { FrameWriter } from './frames.ts';
import { inspect } from './inspect.ts';
import type { Inspection } from './inspection.ts';
import { areUnitsStale, type Rows, rowsOf, sameRows } from './layout.ts';
import { Pacer } from './pacer.ts';
import type { StepSize } from './api.ts';
import {
  DIGEST_EVERY_MS,
  type FaultOrder,
  type Frame,
  type Layout,
  MAX_FRAMES_AHEAD,
  type Trace,
  type TraceSummary,
  WINDOW_MS,
} from './protocol.ts';
import { recentTraces, traceOf } from './traces.ts';

const DIGEST_EVERY_NS = toNs(DIGEST_EVERY_MS);

/** Real time spent on one slice: short enough for orders to take effect at once. */
const SLICE_MS = 10;
/** Events between two looks at the real clock. */
const CHUNK = 2_000;
/** Frames per second are bounded by this pause. */
const FRAME_EVERY_MS = 30;
/** Sampled requests per real second: enough dots to see the flow, few enough to see each. */
const SAMPLES_PER_SECOND = 60;

export interface Host {
  /** Real time, ms. */
  now(): number;
  /** Calls `next` soon; `idle` when there is nothing to hurry for. */
  schedule(next: () => void, idle: boolean): void;
  send(frame: Frame, layout: Layout | null): void;
  fail(problem: unknown, simMs: number): void;
}

export class Runner {
  private readonly host: Host;
  private running: Running | null = null;
  private rows: Rows | null = null;
  private writer: FrameWriter | null = null;
  private drill: DrillRun | null = null;
  private verdictsSent = 0;
  private faults: ActiveFault[] = [];
  private readonly pacer = new Pacer();
  /** Outlives a design: the next one has frames too. */
  readonly buffers = new BufferPool();
  private playing = false;
  private looping = false;
  private stopMs: number | null = null;
  private lastFrame = -Infinity;
  private layoutSent = -1;
  private unacknowledged = 0;
  private version = 0;
  private sampledRequests = 0;

  constructor(host: Host) {
    this.host = host;
  }

  /** `drill`: id of the drill of the design that is to be carried out. */
  load(design: Design, drill: string | null = null): Layout {
    const running = assemble(design, WINDOW_MS);
    this.running = running;
    running.system.core.recorder.every = 1;
    const chosen = design.drills.find((d) => d.id === drill);
    this.drill = chosen ? startDrill(running, chosen, (order) => this.carryOut(order)) : null;
    this.verdictsSent = 0;
    this.writer = new FrameWriter(running.system, this.buffers);
    this.rows = rowsOf(running, ++this.version);
    this.faults = [];
    this.playing = false;
    this.unacknowledged = 0;
    this.sampledRequests = 0;
    this.sendFrame();
    return this.rows.layout;
  }

  apply(design: Design): Layout {
    const running = this.loaded();
    applyDesign(running, design);
    const rows = rowsOf(running, this.version + 1);
    if (!sameRows(rows.layout, this.rows!.layout)) {
      this.version++;
      this.rows = rows;
    } else this.rows = { ...rows, layout: this.rows!.layout };
    this.faults = lasting(running, this.faults);
    this.sendFrame();
    return this.rows.layout;
  }

  play(): void {
    this.loaded();
    if (this.playing) return;
    this.playing = true;
    this.pacer.restart(this.host.now(), this.simMs);
    if (!this.looping) this.loop();
  }

  pause(): void {
    this.playing = false;
    this.sendFrame();
  }

  setSpeed(speed: number): void {
    if (!(speed > 0)) throw new RangeError(`Speed must be above 0, not ${speed}.`);
    this.pacer.speed = speed;
    this.pacer.restart(this.host.now(), this.simMs);
  }

  stopAt(simMs: number | null): void {
    this.stopMs = simMs;
  }

  step(size: StepSize): void {
    const { system } = this.loaded();
    this.playing = false;
    if (size === 'event') this.advance(Infinity, 1);
    else if (size === 'second') this.advance(system.nowNs + toNs(1000), Infinity);
    else {
      const ended = () => system.sources.reduce((n, s) => n + s.station.meter.ok + s.station.meter.failed, 0);
      const before = ended();
      const limit = system.nowNs + toNs(60_000);
      while (ended() === before && system.nowNs < limit) this.advance(limit, 1);
    }
    this.sendFrame();
  }

  inject(order: FaultOrder): void {
    this.carryOut(order);
    this.sendFrame();
  }

  private carryOut(order: FaultOrder): void {
    const running = this.loaded();
    this.faults = inject(running, order, lasting(running, this.faults));
  }

  /** The page has had one more frame; `spent` are buffers that it is done with. */
  acknowledge(spent: readonly ArrayBuffer[]): void {
    this.buffers.giveBack(spent);
    this.unacknowledged = Math.max(0, this.unacknowledged - 1);
    if (this.playing && !this.looping) this.loop();
  }

  inspect(subject: string): Inspection | null {
    return this.running && inspect(this.running, subject, lasting(this.running, this.faults));
  }

  trace(request: number): Trace | null {
    return this.running && traceOf(this.running, request);
  }

  recentTraces(): readonly TraceSummary[] {
    return this.running ? recentTraces(this.running) : [];
  }

  private loaded(): Running {
    if (!this.running) throw new Error('No design is loaded.');
    return this.running;
  }

  /** How far the run is; 0 before one is loaded. */
  get simMs(): number {
    return this.running ? toMs(this.running.system.nowNs) : 0;
  }

  /** One slice, then the next; stops by itself when paused or when the page does not keep up. */
  private loop = (): void => {
    this.looping = false;
    if (!this.playing) return;
    try {
      if (this.unacknowledged >= MAX_FRAMES_AHEAD) {
        this.pacer.restart(this.host.now(), this.simMs);
        return; // `acknowledge` starts it again
      }
      this.slice();
    } catch (problem) {
      this.playing = false;
      this.host.fail(problem, this.simMs);
      return;
    }
    this.looping = true;
    this.host.schedule(this.loop, !this.pacer.isBehind);
  };

  private slice(): void {
    const { system } = this.loaded();
    const start = this.host.now();
    const from = this.simMs;
    const due = this.pacer.due(start);
    // Whole nanoseconds: in slow motion less than one may be due, and then nothing is.
    const target = Math.min(Math.floor((from + due) * NS_PER_MS), toNs(this.stopMs ?? Infinity));
    while (system.nowNs < target && this.host.now() - start < SLICE_MS) this.advance(target, CHUNK);
    this.pacer.ran(this.simMs - from);
    this.pacer.measure(this.host.now(), this.simMs);
    if (this.stopMs !== null && this.simMs >= this.stopMs) {
      this.playing = false;
      this.stopMs = null;
      this.sendFrame();
    } else if (this.host.now() - this.lastFrame >= FRAME_EVERY_MS) this.sendFrame();
  }

  /** Runs to `untilNs` or for so many events, noting the digest at every whole mark on the way. */
  private advance(untilNs: number, most: number): void {
    const { system } = this.loaded();
    const end = system.events + most;
    for (;;) {
      const markNs = (Math.floor(system.nowNs / DIGEST_EVERY_NS) + 1) * DIGEST_EVERY_NS;
      const stopNs = Math.min(untilNs, markNs);
      const arrived = system.run(stopNs, end - system.events);
      if (arrived && stopNs === markNs)
        this.writer!.noteDigest({ atMs: toMs(markNs), digest: system.digest });
      if (!arrived || stopNs === untilNs || system.events >= end) return;
    }
  }

  private sendFrame(): void {
    const running = this.loaded();
    const { system } = running;
    if (areUnitsStale(this.rows!)) this.rows = rowsOf(running, ++this.version);
    const rows = this.rows!;
    const frame = this.writer!.write(rows, {
      playing: this.playing,
      speedAsked: this.pacer.speed,
      speedReached: this.playing ? this.pacer.reached : 0,
      drill: this.drill?.state ?? null,
      verdicts: this.drill?.verdicts.slice(this.verdictsSent) ?? [],
    });
    this.verdictsSent = this.drill?.verdicts.length ?? 0;
    const layout = this.layoutSent === rows.layout.version ? null : rows.layout;
    this.layoutSent = rows.layout.version;
    this.adaptSampling(system.core.recorder.every);
    this.lastFrame = this.host.now();
    this.unacknowledged++;
    this.host.send(frame, layout);
  }

  /** Keeps the number of sampled requests per real second near SAMPLES_PER_SECOND; no effect on the run. */
  private adaptSampling(every: number): void {
    const { system } = this.loaded();
    const requests = system.sources.reduce((n, s) => n + s.station.meter.arrived, 0);
    const seconds = Math.max(0.02, (this.host.now() - this.lastFrame) / 1000);
    const perSecond = (requests - this.sampledRequests) / seconds;
    this.sampledRequests = requests;
    if (!Number.isFinite(perSecond) || !this.playing) return;
    const wanted = Math.max(1, perSecond / SAMPLES_PER_SECOND);
    if (wanted > every * 1.5) system.core.recorder.every = every * 2;
    else if (wanted < every / 1.5 && every > 1) system.core.recorder.every = every / 2;
  }
}
