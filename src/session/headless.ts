/** A design run from start to end without a page: in Node, in tests, and wherever the same digest is to come out. */
import type { Meter } from '../engine/records/meter.ts';
import { toMs, toNs } from '../engine/time.ts';
import type { Design, Drill } from '../model/document.ts';
import { assemble, type Running } from './assemble.ts';
import { startDrill } from './drill.ts';
import type { Verdict } from '../drills/exercise.ts';
import { type ActiveFault, inject } from './faults.ts';
import { type FaultOrder, WINDOW_MS } from './protocol.ts';

export interface HeadlessOptions {
  /** Simulated time to run; a drill runs at least as long as it takes. */
  readonly forMs: number;
  /** Measured only after this. */
  readonly warmupMs?: number;
  readonly drill?: Drill | undefined;
  /** Orders at simulated times, ascending. */
  readonly orders?: readonly { readonly atMs: number; readonly order: FaultOrder }[];
}

export interface HeadlessRun {
  readonly running: Running;
  readonly simulatedMs: number;
  readonly digest: string;
  readonly verdicts: readonly Verdict[];
  /** By meter, what was under way when the warm-up ended: it counts as arrived, but is no part of a rate since then. */
  readonly carriedOver: ReadonlyMap<Meter, number>;
}

export function runHeadless(design: Design, options: HeadlessOptions): HeadlessRun {
  const running = assemble(design, WINDOW_MS);
  const { system } = running;
  let active: ActiveFault[] = [];
  const carryOut = (order: FaultOrder) => void (active = inject(running, order, active));
  const drill = options.drill && startDrill(running, options.drill, carryOut);
  const endMs = Math.max(options.forMs, options.drill?.durationMs ?? 0);
  const warmupMs = options.warmupMs ?? 0;
  const orders = [...(options.orders ?? [])];
  let warm = warmupMs === 0;
  const carriedOver = new Map<Meter, number>();
  for (;;) {
    const stopMs = Math.min(endMs, orders[0]?.atMs ?? Infinity, warm ? Infinity : warmupMs);
    system.run(toNs(stopMs), Infinity);
    if (!warm && stopMs >= warmupMs) {
      warm = true;
      forgetWarmUp(running);
      drill?.restartReadings(warmupMs);
      for (const { meter } of [...system.stations, ...system.links]) carriedOver.set(meter, meter.arrived);
    }
    while (orders.length > 0 && orders[0].atMs <= stopMs) carryOut(orders.shift()!.order);
    system.takeWindows();
    if (stopMs >= endMs) break;
  }
  return {
    running,
    simulatedMs: toMs(system.nowNs),
    digest: system.digest,
    verdicts: drill?.verdicts ?? [],
    carriedOver,
  };
}

/** Counts and latencies start anew; what is under way counts as having arrived now. */
export function forgetWarmUp({ system }: Running): void {
  for (const link of system.links) link.meter.restart();
  for (const station of system.stations) station.meter.restart();
  for (const source of system.sources) source.restartCounts();
}
