/**
 * Frames: what the page gets to see of a running system, as typed arrays in the columns of the protocol. Reads the
 * system and changes nothing in it.
 */
import { HOP_RECORDS } from '../engine/limits.ts';
import type { Link } from '../engine/link/link.ts';
import { OUTCOMES } from '../engine/calls/outcomes.ts';
import { HOP } from '../engine/records/recorder.ts';
import { Source } from '../engine/station/source.ts';
import type { Station } from '../engine/station/station.ts';
import { toMs } from '../engine/time.ts';
import type { ClosedWindow } from '../engine/records/windows.ts';
import type { System } from '../engine/system.ts';
import type { BufferPool } from './buffers.ts';
import type { Rows } from './layout.ts';
import {
  type DigestMark,
  type DrillState,
  type Frame,
  type Verdict,
  HEAT_BINS,
  HEAT_MIN_MS,
  HEAT_RATIO,
  HOP_FIELDS,
  LINK_FIELDS,
  NODE_FIELDS,
  UNIT_FIELDS,
  WINDOW_FIELDS,
} from './protocol.ts';

/** How the run is going, as the player knows it. */
export interface Pace {
  readonly playing: boolean;
  readonly speedAsked: number;
  readonly speedReached: number;
  readonly drill: DrillState | null;
  /** Decided since the last frame. */
  readonly verdicts: readonly Verdict[];
}

/** More dots than this between two frames only cover each other; HOP_RECORDS are enough for them. */
export const MAX_HOPS_A_FRAME = 3_000;

const HEAT_EDGES = new Float64Array(HEAT_BINS + 1);
for (let i = 1, edge = HEAT_MIN_MS; i <= HEAT_BINS; i++) HEAT_EDGES[i] = edge *= HEAT_RATIO;

export class FrameWriter {
  private readonly system: System;
  private readonly buffers: BufferPool;
  private hopsSent = 0;
  private saidTooMany = false;
  private digests: DigestMark[] = [];

  constructor(system: System, buffers: BufferPool) {
    this.system = system;
    this.buffers = buffers;
  }

  noteDigest(mark: DigestMark): void {
    this.digests.push(mark);
  }

  /** Everything since the last frame. */
  write(rows: Rows, pace: Pace): Frame {
    const { system } = this;
    const { core } = system;
    const windows = system.takeWindows();
    const digests = this.digests;
    this.digests = [];
    // Before the log is taken, which may say that there were too many.
    const hops = this.newHops(rows);
    return {
      layoutVersion: rows.layout.version,
      simMs: toMs(core.now),
      ...pace,
      events: system.events,
      requests: system.sources.reduce((sum, source) => sum + source.station.meter.arrived, 0),
      sampling: core.recorder.every,
      nodes: this.nodeRows(rows.stations),
      units: this.unitRows(rows),
      links: this.linkRows(rows.links),
      hops,
      windows: this.windowRows(windows),
      windowFailures: this.windowFailures(windows),
      windowHeat: this.windowHeat(windows),
      log: core.journal.take(core.now),
      digests,
    };
  }

  private newHops(rows: Rows): Float64Array {
    const { recorder } = this.system.core;
    const first = Math.max(this.hopsSent, recorder.hopCount - MAX_HOPS_A_FRAME);
    if (first > this.hopsSent) this.sayTooMany();
    const out = this.doubles((recorder.hopCount - first) * HOP_FIELDS.length);
    let used = 0;
    for (let i = first; i < recorder.hopCount; i++) {
      const at = (i % HOP_RECORDS) * HOP;
      const row = rows.linkRow[recorder.hops[at]];
      if (row === undefined || row < 0) continue;
      out[used] = row;
      out[used + 1] = recorder.hops[at + 1];
      out[used + 2] = toMs(recorder.hops[at + 2]);
      out[used + 3] = toMs(recorder.hops[at + 3]);
      out[used + 4] = recorder.hops[at + 4];
      out[used + 5] = recorder.hops[at + 5];
      used += HOP_FIELDS.length;
    }
    this.hopsSent = recorder.hopCount;
    return out.subarray(0, used);
  }

  /** Once for a run: at a high speed it holds for nearly every frame. */
  private sayTooMany(): void {
    if (this.saidTooMany) return;
    this.saidTooMany = true;
    const { journal, now } = this.system.core;
    const text = `More than ${MAX_HOPS_A_FRAME} moves at once: dots show the latest, the numbers count all`;
    journal.write(now, 'info', 'limit', text, null);
  }

  private nodeRows(stations: readonly Station[]): Float32Array {
    const out = this.floats(stations.length * NODE_FIELDS.length);
    let at = 0;
    for (const station of stations) {
      const { meter, behaviour, gauges } = station;
      let inside = 0;
      for (const unit of station.units) inside += unit.inside;
      out[at] = meter.rateRps;
      out[at + 1] = meter.okRps;
      out[at + 2] = meter.failedShare;
      out[at + 3] = meter.meanMs;
      out[at + 4] = meter.p50Ms;
      out[at + 5] = meter.p95Ms;
      out[at + 6] = meter.p99Ms;
      out[at + 7] = station.fleet.utilisation;
      out[at + 8] = station.fleet.waiting;
      out[at + 9] = behaviour instanceof Source ? meter.open : inside;
      for (let i = 0; i < gauges.length; i++) out[at + 10 + i] = gauges[i];
      at += NODE_FIELDS.length;
    }
    return out;
  }

  private unitRows({ layout, stations }: Rows): Float32Array {
    let count = 0;
    for (const { units } of layout.nodes) count += units.length;
    const out = this.floats(count * UNIT_FIELDS.length);
    let at = 0;
    for (let row = 0; row < stations.length; row++) {
      for (let i = 0; i < layout.nodes[row].units.length; i++) {
        const unit = stations[row].units[i];
        out[at] = unit.appearance;
        out[at + 1] = unit.utilisation;
        out[at + 2] = unit.pool?.waiting ?? 0;
        out[at + 3] = unit.rateRps;
        at += UNIT_FIELDS.length;
      }
    }
    return out;
  }

  private linkRows(links: readonly Link[]): Float32Array {
    const out = this.floats(links.length * LINK_FIELDS.length);
    let at = 0;
    for (const { meter, retries, gate, wire } of links) {
      out[at] = meter.rateRps;
      out[at + 1] = meter.failedShare;
      out[at + 2] = meter.p95Ms;
      out[at + 3] = meter.open;
      out[at + 4] = retries.windowShare;
      out[at + 5] = gate.breakers.worst;
      out[at + 6] = wire.cut ? 1 : 0;
      at += LINK_FIELDS.length;
    }
    return out;
  }

  private windowRows(windows: readonly ClosedWindow[]): Float64Array {
    const out = this.doubles(windows.length * WINDOW_FIELDS.length);
    let at = 0;
    for (const { startMs, lengthMs, offered, good, failed, retried, latency } of windows) {
      out[at] = startMs;
      out[at + 1] = lengthMs;
      out[at + 2] = offered;
      out[at + 3] = good;
      out[at + 4] = failed;
      out[at + 5] = retried;
      out[at + 6] = latency.quantile(0.5);
      out[at + 7] = latency.quantile(0.95);
      out[at + 8] = latency.quantile(0.99);
      at += WINDOW_FIELDS.length;
    }
    return out;
  }

  private windowFailures(windows: readonly ClosedWindow[]): Uint32Array {
    const out = this.counts(windows.length * OUTCOMES.length);
    windows.forEach(({ failures }, i) => out.set(failures, i * OUTCOMES.length));
    return out;
  }

  private windowHeat(windows: readonly ClosedWindow[]): Uint32Array {
    const out = this.counts(windows.length * HEAT_BINS);
    windows.forEach(({ latency }, i) =>
      latency.rebin(HEAT_EDGES, out.subarray(i * HEAT_BINS, (i + 1) * HEAT_BINS)),
    );
    return out;
  }

  // Recycled memory holds what an earlier frame had: whoever takes some writes every number of it.
  private floats(length: number): Float32Array {
    return new Float32Array(this.buffers.take(length * 4), 0, length);
  }

  private counts(length: number): Uint32Array {
    return new Uint32Array(this.buffers.take(length * 4), 0, length);
  }

  private doubles(length: number): Float64Array {
    return new Float64Array(this.buffers.take(length * 8), 0, length);
  }
}
