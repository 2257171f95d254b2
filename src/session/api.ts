/** What the worker can be asked for. It must not know how calls get there. */
import type { Design } from '../model/document.ts';
import type { Inspection } from './inspection.ts';
import type { FaultOrder, Frame, Layout, Trace, TraceSummary } from './protocol.ts';

export type FrameSink = (frame: Frame, layout: Layout | null) => Promise<readonly ArrayBuffer[]>;

export type StepSize = 'event' | 'request' | 'second';

/** The one API of the worker. Every call answers after it took effect at the current simulated instant. */
export interface WorkerApi {
  /**
   * Replaces whatever runs by this design at time 0, paused; with the id of one of its drills, that drill is carried
   * out as time passes. Resolves with the layout.
   */
  load(design: Design, drill?: string | null): Promise<Layout>;
  /**
   * Frames go to this callback. What it resolves with is the acknowledgement: buffers of earlier frames that nobody
   * reads any more, for new ones. The worker runs at most MAX_FRAMES_AHEAD frames past the last acknowledgement.
   */
  onFrame(listener: FrameSink): void;
  play(): void;
  pause(): void;
  step(size: StepSize): void;
  /** Simulated seconds per real second; Infinity = as fast as possible. */
  setSpeed(speed: number): void;
  /** Pauses by itself once this simulated time is reached; null = never. */
  stopAt(simMs: number | null): void;
  /** Makes the running system match the edited design, now, without restarting it. */
  apply(design: Design): Promise<Layout>;
  inject(order: FaultOrder): void;
  fetchTrace(request: number): Trace | null;
  recentTraces(): readonly TraceSummary[];
  inspect(subject: string): Inspection | null;
}
