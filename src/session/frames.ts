/**
 * Frames: what the page gets to see of a running system, as typed arrays in the columns of the protocol. Reads the
 * system and changes nothing in it.
 */
import { HOP_RECORDS } from '../engine/limits.ts';
import type { Link } from '../engine/link.ts';
import { HOP } from '../engine/recorder.ts';
import { Source } from '../engine/source.ts';
import type { Station } from '../engine/station.ts';
import { toMs } from '../engine/time.ts';
import type { ClosedWindow } from '../engine/windows.ts';
import type { System } from '../engine/system.ts';
import type { Rows } from './layout.ts';
import {
  type DigestMark,
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
}

/** More dots than this between two frames only cover each other. */
const MAX_HOPS_A_FRAME = 3_000;

const HEAT_EDGES = new Float64Array(HEAT_BINS + 1);
for (let i = 1, edge = HEAT_MIN_MS; i <= HEAT_BINS; i++) HEAT_EDGES[i] = edge *= HEAT_RATIO;

export class FrameWriter {
  private readonly system: System;
  private hopsSent = 0;
  private digests: DigestMark[] = [];
  private verdicts: Verdict[] = [];

  constructor(system: System) {
    this.system = system;
  }

  noteDigest(mark: DigestMark): void {
    this.digests.push(mark);
  }

  noteVerdicts(verdicts: readonly Verdict[]): void {
    this.verdicts.push(...verdicts);
  }

  /** Everything since the last frame. */
  write(rows: Rows, pace: Pace): Frame {
    const { system } = this;
    const { core } = system;
    const windows = system.takeWindows();
    const digests = this.digests;
    const verdicts = this.verdicts;
    this.digests = [];
    this.verdicts = [];
    return {
      layoutVersion: rows.layout.version,
      simMs: toMs(core.now),
      ...pace,
      events: system.events,
      requests: system.sources.reduce((sum, source) => sum + source.station.meter.arrived, 0),
      sampling: core.recorder.every,
      nodes: nodeRows(rows.stations),
      units: unitRows(rows),
      links: linkRows(rows.links),
      hops: this.newHops(rows),
      windows: windowRows(windows),
      windowFailures: flat(windows.map((w) => w.failures)),
      windowHeat: flat(windows.map(heatOf)),
      log: core.journal.take(core.now),
      digests,
      verdicts,
    };
  }

  private newHops(rows: Rows): Float64Array {
    const { recorder } = this.system.core;
    const first = Math.max(
      this.hopsSent,
      recorder.hopCount - HOP_RECORDS,
      recorder.hopCount - MAX_HOPS_A_FRAME,
    );
    const out = new Float64Array((recorder.hopCount - first) * HOP_FIELDS.length);
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
    return used === out.length ? out : out.slice(0, used);
  }
}

function nodeRows(stations: readonly Station[]): Float32Array {
  const out = new Float32Array(stations.length * NODE_FIELDS.length);
  stations.forEach((station, row) => {
    const { meter, behaviour } = station;
    let inside = 0;
    for (const unit of station.units) inside += unit.inside;
    out.set(
      [
        meter.rateRps,
        meter.okRps,
        meter.failedShare,
        meter.meanMs,
        meter.p50Ms,
        meter.p95Ms,
        meter.p99Ms,
        station.utilisation,
        station.waiting,
        behaviour instanceof Source ? behaviour.open : inside,
        ...station.gauges,
      ],
      row * NODE_FIELDS.length,
    );
  });
  return out;
}

function unitRows({ layout, stations }: Rows): Float32Array {
  const count = layout.nodes.reduce((sum, node) => sum + node.units.length, 0);
  const out = new Float32Array(count * UNIT_FIELDS.length);
  let at = 0;
  stations.forEach((station, row) => {
    for (let i = 0; i < layout.nodes[row].units.length; i++) {
      const unit = station.units[i];
      out.set([unit.state, unit.utilisation, unit.pool?.waiting ?? 0, unit.rateRps], at);
      at += UNIT_FIELDS.length;
    }
  });
  return out;
}

function linkRows(links: readonly Link[]): Float32Array {
  const out = new Float32Array(links.length * LINK_FIELDS.length);
  links.forEach(({ meter, open, retries, breakers, wire }, row) => {
    out.set(
      [
        meter.rateRps,
        meter.failedShare,
        meter.p95Ms,
        open,
        retries.windowShare,
        breakers.worst,
        wire.cut ? 1 : 0,
      ],
      row * LINK_FIELDS.length,
    );
  });
  return out;
}

function windowRows(windows: readonly ClosedWindow[]): Float64Array {
  const out = new Float64Array(windows.length * WINDOW_FIELDS.length);
  windows.forEach(({ startMs, lengthMs, offered, good, failed, retried, latency }, i) => {
    out.set(
      [
        startMs,
        lengthMs,
        offered,
        good,
        failed,
        retried,
        latency.quantile(0.5),
        latency.quantile(0.95),
        latency.quantile(0.99),
      ],
      i * WINDOW_FIELDS.length,
    );
  });
  return out;
}

function heatOf({ latency }: ClosedWindow): Uint32Array {
  const row = new Uint32Array(HEAT_BINS);
  latency.rebin(HEAT_EDGES, row);
  return row;
}

function flat(rows: readonly Uint32Array[]): Uint32Array {
  const out = new Uint32Array(rows.reduce((sum, row) => sum + row.length, 0));
  let at = 0;
  for (const row of rows) {
    out.set(row, at);
    at += row.length;
  }
  return out;
}

/** The buffers of a frame, for transfer. */
export function buffersOf(frame: Frame): Transferable[] {
  const { nodes, units, links, hops, windows, windowFailures, windowHeat } = frame;
  return [nodes, units, links, hops, windows, windowFailures, windowHeat].map(
    (array) => array.buffer as ArrayBuffer,
  );
}
