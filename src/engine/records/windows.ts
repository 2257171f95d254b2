/**
 * The end of a window of the statistics: every meter closes, and what the clients saw of the whole system is summed up.
 * It must not know how often this happens or who looks at it.
 */
import type { Histogram } from './histogram.ts';
import type { Link } from '../link/link.ts';
import { OUTCOMES } from '../calls/outcomes.ts';
import type { Source } from '../station/source.ts';
import type { Station } from '../station/station.ts';
import { NS_PER_MS } from '../time.ts';
import { UNLIMITED } from '../station/pool.ts';

/** One window of the whole system, as its clients saw it. */
export interface ClosedWindow {
  readonly startMs: number;
  readonly lengthMs: number;
  readonly offered: number;
  readonly good: number;
  readonly failed: number;
  readonly retried: number;
  /** Latencies of good answers. */
  readonly latency: Histogram;
  /** Failures by outcome. */
  readonly failures: Uint32Array;
}

interface Measured {
  readonly stations: readonly Station[];
  readonly links: readonly Link[];
  readonly sources: readonly Source[];
}

/** `latency`: an empty histogram, which becomes part of the window. */
export function closeWindow(
  system: Measured,
  startNs: number,
  nowNs: number,
  latency: Histogram,
): ClosedWindow {
  const lengthMs = (nowNs - startNs) / NS_PER_MS;
  const failures = new Uint32Array(OUTCOMES.length);
  let offered = 0;
  let good = 0;
  let failed = 0;
  let retried = 0;
  for (const source of system.sources) {
    if (source.station.meter.window) latency.merge(source.station.meter.window);
    offered += source.station.meter.arrived - source.taken.offered;
    good += source.station.meter.ok - source.taken.good;
    failed += source.station.meter.failed - source.taken.failed;
    source.taken = {
      offered: source.station.meter.arrived,
      good: source.station.meter.ok,
      failed: source.station.meter.failed,
    };
    for (let i = 0; i < failures.length; i++) failures[i] += source.failures[i];
    source.failures.fill(0);
  }
  for (const link of system.links) {
    const again = link.retries.takeNew();
    retried += again;
    link.meter.closeWindow(lengthMs);
    link.wire.line?.closeWindow(nowNs, nowNs - startNs);
    link.retries.windowShare = (again * 1000) / lengthMs / link.meter.rateRps;
  }
  for (const station of system.stations) {
    station.meter.closeWindow(lengthMs);
    closeUnits(station, lengthMs);
    station.behaviour.windowClosed(lengthMs);
  }
  return { startMs: startNs / NS_PER_MS, lengthMs, offered, good, failed, retried, latency, failures };
}

function closeUnits(station: Station, lengthMs: number): void {
  for (const unit of station.units) {
    unit.rateRps = ((unit.arrived - unit.arrivedBefore) * 1000) / lengthMs;
    unit.arrivedBefore = unit.arrived;
    const { pool } = unit;
    if (!pool) continue;
    const busy = pool.busyTime;
    const capacity = pool.servers * lengthMs * NS_PER_MS;
    unit.utilisation = pool.servers >= UNLIMITED ? NaN : (busy - unit.busyBefore) / capacity;
    unit.busyBefore = busy;
  }
}
