/** What a headless run measured, as data (`--json`) and as a table for people. */
import { OUTCOMES } from '../engine/calls/outcomes.ts';
import type { HeadlessRun } from '../session/headless.ts';
import { type Latency, latencyOf, orNull } from './latency.ts';
import { figure, table } from './table.ts';

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
        inFlight: meter.open,
        failures: Object.fromEntries(failures.filter(([, n]) => n > 0)),
        reads: source.reads,
        staleReads: source.staleReads,
        degraded: source.degraded,
        latencyMs: latencyOf(meter.latency()),
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
        latencyMs: latencyOf(station.meter.latency()),
      })),
    links: system.links.map((link) => ({
      id: link.id,
      from: link.caller.id,
      to: link.callee.id,
      attempts: link.meter.arrived,
      ok: link.meter.ok,
      failed: link.meter.failed,
      givenUp: link.meter.dropped,
      inFlight: link.meter.open,
      retries: link.retries.total,
      breakerTrips: link.gate.breakers.all.reduce((n, b) => n + b.trips, 0),
      breakerRejected: link.gate.breakers.all.reduce((n, b) => n + b.rejected, 0),
      rateLimited: link.gate.rateLimit?.rejected ?? 0,
      fallbacks: link.gate.fallback?.used ?? 0,
      latencyMs: latencyOf(link.meter.latency()),
    })),
    expectations: run.verdicts.map(({ expectation, measured, passed }) => ({
      ...expectation,
      measured: orNull(measured),
      passed,
    })),
  };
}

export type Report = ReturnType<typeof report>;

export function printed(r: Report): string {
  const head = ['', 'in', 'ok', 'failed', 'mean ms', 'p50', 'p95', 'p99', 'max'];
  const line = (name: string, arrived: number, ok: number, failed: number, l: Latency) => [
    name,
    ...[arrived, ok, failed].map(String),
    ...[l.mean, l.p50, l.p95, l.p99, l.max].map(figure),
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
      `${e.passed ? 'pass' : 'FAIL'}  ${e.subject} ${e.measure} ${e.is} ${e.value}: measured ${figure(e.measured)}`,
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
