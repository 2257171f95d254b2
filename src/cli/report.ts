/** What a headless run measured, as data (`--json`) and as a table for people. */
import type { Meter } from '../engine/meter.ts';
import { OUTCOMES } from '../engine/outcomes.ts';
import type { HeadlessRun } from '../session/headless.ts';

export interface Latency {
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly max: number | null;
  readonly n: number;
}

/** Latency of good answers, ms; null where nothing was answered. */
function latencyOf(meter: Meter): Latency {
  const h = meter.latency();
  const orNull = (x: number) => (Number.isFinite(x) ? x : null);
  return {
    mean: orNull(h.mean),
    p50: orNull(h.quantile(0.5)),
    p90: orNull(h.quantile(0.9)),
    p95: orNull(h.quantile(0.95)),
    p99: orNull(h.quantile(0.99)),
    p999: orNull(h.quantile(0.999)),
    max: orNull(h.max),
    n: h.n,
  };
}

export function report(run: HeadlessRun, wallMs: number, seed: number) {
  const { system } = run.running;
  return {
    digest: run.digest,
    seed,
    simulatedMs: run.simulatedMs,
    events: system.events,
    wallMs,
    clients: system.sources.map((source) => {
      const { id, label, meter } = source.station;
      const failures = OUTCOMES.map(({ id: outcome }, i) => [outcome, source.failuresInAll[i]] as const);
      return {
        id,
        label,
        started: meter.arrived,
        ok: meter.ok,
        failed: meter.failed,
        inFlight: source.open,
        failures: Object.fromEntries(failures.filter(([, n]) => n > 0)),
        reads: source.reads,
        staleReads: source.staleReads,
        latencyMs: latencyOf(meter),
      };
    }),
    nodes: system.stations
      .filter((station) => station.incoming.length > 0)
      .map((station) => ({
        id: station.id,
        label: station.label,
        arrived: station.meter.arrived,
        ok: station.meter.ok,
        failed: station.meter.failed,
        dropped: station.meter.dropped,
        inFlight: station.units.reduce((n, u) => n + u.inside, 0),
        latencyMs: latencyOf(station.meter),
      })),
    links: system.links.map((link) => ({
      id: link.id,
      from: link.caller.id,
      to: link.callee.id,
      attempts: link.meter.arrived,
      ok: link.meter.ok,
      failed: link.meter.failed,
      inFlight: link.open,
      retries: link.retries.total,
      breakerTrips: link.breakers.all.reduce((n, b) => n + b.trips, 0),
      breakerRejected: link.breakers.all.reduce((n, b) => n + b.rejected, 0),
      latencyMs: latencyOf(link.meter),
    })),
    expectations: run.verdicts.map(({ expectation, measured, passed }) => ({
      ...expectation,
      measured: Number.isFinite(measured) ? measured : null,
      passed,
    })),
  };
}

export type Report = ReturnType<typeof report>;

const ms = (value: number | null) =>
  value === null ? '–' : value >= 100 ? value.toFixed(0) : value.toFixed(2);

/** Rows of equal columns, the first aligned left, the others right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '),
    )
    .join('\n');
}

export function printed(r: Report): string {
  const head = ['', 'in', 'ok', 'failed', 'mean ms', 'p50', 'p95', 'p99', 'max'];
  const line = (name: string, arrived: number, ok: number, failed: number, l: Latency) => [
    name,
    ...[arrived, ok, failed].map(String),
    ...[l.mean, l.p50, l.p95, l.p99, l.max].map(ms),
  ];
  const nodeLabel = new Map([...r.clients, ...r.nodes].map((n) => [n.id, n.label]));
  const rows = [
    head,
    ...r.clients.map((c) => line(c.label, c.started, c.ok, c.failed, c.latencyMs)),
    ...r.nodes.map((n) => line(n.label, n.arrived, n.ok, n.failed, n.latencyMs)),
    ...r.links.map((l) =>
      line(`${nodeLabel.get(l.from)} → ${nodeLabel.get(l.to)}`, l.attempts, l.ok, l.failed, l.latencyMs),
    ),
  ];
  const verdicts = r.expectations.map(
    (e) =>
      `${e.passed ? 'pass' : 'FAIL'}  ${e.subject} ${e.measure} ${e.is} ${e.value}: measured ${ms(e.measured)}`,
  );
  const seconds = (r.simulatedMs / 1000).toFixed(1);
  const summary = `${seconds} s simulated, ${r.events} events, ${(r.wallMs / 1000).toFixed(2)} s, seed ${r.seed}`;
  return [
    summary,
    `digest ${r.digest}`,
    '',
    table(rows),
    ...(verdicts.length > 0 ? ['', ...verdicts] : []),
  ].join('\n');
}
