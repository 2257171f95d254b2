/**
 * The one run of the page: joins the player's machine, the worker's handle and the stores that keep what frames
 * bring, and follows the edits of the document. It must not know React, nor how anything is drawn.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StepSize } from '../../session/api.ts';
import type { FaultOrder, Frame, Layout } from '../../session/protocol.ts';
import { WorkerEnded, type Session } from '../../session/remote.ts';
import { Announcer } from './announcer.ts';
import { Bands } from './bands.ts';
import { isSameRun, type DesignSource } from './design-source.ts';
import { EventLog } from './event-log.ts';
import { History } from './history.ts';
import { LiveStore } from './live-store.ts';
import { Player } from './player.ts';
import { initialState, type DockTab, type RunState } from './run-state.ts';
import { neighbourSpeed } from './speed.ts';

/** A day of simulated time; more marks than anyone compares. */
const MAX_MARKS = 8_640;

/** A worker that plays sends frames many times a second; one that is silent for so long is stuck. */
const SILENT_MS = 3_000;

export class Run {
  readonly state: StoreApi<RunState>;
  readonly live = new LiveStore();
  readonly history = new History();
  readonly log = new EventLog();
  readonly bands = new Bands();
  readonly announcer = new Announcer();
  private readonly player: Player;
  private readonly frameListeners = new Set<(frame: Frame | null) => void>();
  private readonly leave: (() => void)[];
  /** The design the worker has, or is about to have. */
  private running;
  private wanted: 'load' | 'apply' | null = null;
  private busy = false;
  /** Until the worker has all it was to be given. */
  private atWork = Promise.resolve();
  private simMs = 0;
  /** Real time of the last frame. */
  private heardAt = 0;

  constructor(
    readonly session: Session,
    readonly source: DesignSource,
  ) {
    this.running = source.get();
    this.state = createStore<RunState>(() => initialState(this.running.seed));
    this.player = new Player(
      {
        sendPlay: () => void this.attempt(session.play().then(() => this.player.send({ type: 'started' }))),
        sendPause: () => void this.attempt(session.pause()),
      },
      (play, failure, willPlay) => this.state.setState({ play, failure, willPlay }),
    );
    this.leave = [
      source.subscribe((change) => this.follow(change === 'open')),
      session.onFrame((frame, layout) => this.receive(frame, layout)),
      session.onFailure((failure) => this.player.send({ type: 'failed', failure })),
    ];
    this.want('load');
  }

  play = () => this.player.send({ type: 'play' });
  pause = () => this.player.send({ type: 'pause' });
  toggle = () => (this.state.getState().willPlay ? this.pause() : this.play());

  /** Pauses first: a step is only seen standing still. */
  step = (size: StepSize) => {
    this.pause();
    void this.attempt(this.session.step(size));
  };

  /** Back to time 0, playing on if it was; starts a new worker where the old one died or does not answer. */
  restart = () => {
    const { play } = this.state.getState();
    const isSilent = play !== 'paused' && performance.now() - this.heardAt > SILENT_MS;
    if (play === 'failed' || isSilent) this.session.stop();
    this.want('load', play === 'playing');
  };

  /** Starts the run anew with a drill of the design carried out, playing; null = without one. */
  startDrill = (drill: string | null) => {
    const { play } = this.state.getState();
    if (play === 'failed') this.session.stop();
    this.state.setState({ drill });
    this.want('load', drill !== null || play === 'playing');
  };

  /** Any of the seeds there are: another run of the same design. */
  reseed = () => this.source.setSeed(Math.floor(Math.random() * 2 ** 32));

  setSpeed = (speed: number) => {
    this.state.setState({ speed });
    void this.attempt(this.session.setSpeed(speed));
  };
  faster = () => this.setSpeed(neighbourSpeed(this.state.getState().speed, 1));
  slower = () => this.setSpeed(neighbourSpeed(this.state.getState().speed, -1));

  setStopAt = (stopAtMs: number | null) => {
    this.state.setState({ stopAtMs });
    // A time that has passed means the next run, which is told when it is loaded.
    const isAhead = stopAtMs !== null && stopAtMs > this.simMs;
    void this.attempt(this.session.stopAt(isAhead ? stopAtMs : null));
  };

  /** Into the design as it is shown: the worker may not have it yet, and a load would undo the fault. */
  inject = async (order: FaultOrder) => {
    await this.atWork;
    this.state.setState((state) => ({ interventions: state.interventions + 1 }));
    await this.attempt(this.session.inject(order));
  };

  showDock = (isDockOpen: boolean) => this.state.setState({ isDockOpen });
  openTab = (tab: DockTab) => this.state.setState({ tab, isDockOpen: true });
  /** Shows the trace of a sampled request; null closes it. */
  openTrace = (request: number | null) =>
    this.state.setState(request === null ? { request } : { request, tab: 'traces', isDockOpen: true });

  /** Every frame as it arrives, and null when the run starts anew. For layers that draw; others use `live`. */
  onFrame(listener: (frame: Frame | null) => void): () => void {
    this.frameListeners.add(listener);
    return () => this.frameListeners.delete(listener);
  }

  /** A buffer of a frame that was handed over to draw from, and has been read. */
  recycle = (buffer: ArrayBuffer) => this.session.recycle(buffer);

  dispose(): void {
    for (const leave of this.leave) leave();
    this.player.stop();
    this.session.stop();
  }

  private follow(isOpened: boolean): void {
    const design = this.source.get();
    this.state.setState({ seed: design.seed });
    const { play } = this.state.getState();
    if (isOpened || design.seed !== this.running.seed) {
      if (play === 'failed') this.session.stop();
      if (isOpened) this.state.setState({ drill: null });
      this.want('load', play === 'playing');
    } else if (play !== 'failed' && !isSameRun(design, this.running)) {
      // Before the first event an edit is part of the design, not of the run: the link must give the same.
      const isUntouched = this.simMs === 0 && play !== 'playing';
      this.want(isUntouched ? 'load' : 'apply');
    }
  }

  /** One order at a time, the latest design wins: dragging a slider must not queue a hundred edits. */
  private want(order: 'load' | 'apply', playOn = false): void {
    if (order === 'load') {
      this.player.send({ type: 'load' });
      if (playOn) this.player.send({ type: 'play' });
    }
    if (this.wanted !== 'load') this.wanted = order;
    if (!this.busy) this.atWork = this.work();
  }

  private async work(): Promise<void> {
    this.busy = true;
    while (this.wanted) {
      const order = this.wanted;
      this.wanted = null;
      this.running = this.source.get();
      await this.attempt(order === 'load' ? this.loadNow() : this.applyNow());
    }
    this.busy = false;
  }

  private async loadNow(): Promise<void> {
    const { speed, stopAtMs, drill } = this.state.getState();
    const known = this.running.drills.some((each) => each.id === drill) ? drill : null;
    this.clear();
    this.state.setState({ drill: known });
    this.adopt(await this.session.load(this.running, known));
    await this.session.setSpeed(speed);
    await this.session.stopAt(stopAtMs);
    if (this.wanted !== 'load') this.player.send({ type: 'loaded' });
  }

  private async applyNow(): Promise<void> {
    this.state.setState((state) => ({ interventions: state.interventions + 1 }));
    this.adopt(await this.session.apply(this.running));
  }

  /** A worker that ended has already said so. */
  private async attempt(order: Promise<void>): Promise<void> {
    try {
      await order;
    } catch (reason) {
      if (!(reason instanceof WorkerEnded)) throw reason;
    }
  }

  private receive(frame: Frame, layout: Layout | null): void {
    if (layout) this.adopt(layout);
    if (frame.simMs < this.simMs) this.clear();
    this.simMs = frame.simMs;
    this.heardAt = performance.now();
    this.live.receive(frame);
    this.history.add(frame);
    this.bands.add(frame);
    this.log.add(frame.log);
    this.announcer.add(frame.log);
    if (frame.digests.length > 0) {
      this.state.setState(({ marks }) => ({ marks: [...marks, ...frame.digests].slice(-MAX_MARKS) }));
    }
    if (frame.drill !== this.state.getState().drillState) this.state.setState({ drillState: frame.drill });
    if (frame.verdicts.length > 0) {
      this.state.setState(({ verdicts }) => ({ verdicts: [...verdicts, ...frame.verdicts] }));
    }
    for (const listener of this.frameListeners) listener(frame);
    if (this.player.isConfirmed && !frame.playing) this.player.send({ type: 'halted' });
  }

  private adopt(layout: Layout): void {
    if (layout.version === this.live.layout?.version) return;
    this.live.adopt(layout);
    this.history.adopt(layout);
    this.bands.adopt(layout);
  }

  /** A run begins: nothing of the one before is left. */
  private clear(): void {
    this.simMs = 0;
    this.live.clear();
    this.history.clear();
    this.log.clear();
    this.bands.clear();
    this.state.setState({ marks: [], interventions: 0, verdicts: [], request: null });
    for (const listener of this.frameListeners) listener(null);
  }
}
