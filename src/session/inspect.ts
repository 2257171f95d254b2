/** What the inspector shows live of one node, link or group: a sentence with numbers, units, breakers, charts, totals. */
import type { AnyStateMachine } from 'xstate';
import { type Breaker, HALF_OPEN, OPEN_STATE } from '../engine/link/breaker.ts';
import { BREAKER_STATE_NAMES } from '../engine/states.ts';
import { BACK, type Line, OUT } from '../engine/link/line.ts';
import type { Link } from '../engine/link/link.ts';
import { breakerMachine } from '../engine/machines/breaker.ts';
import { chartOf } from '../engine/machines/chart.ts';
import { lifeMachine } from '../engine/machines/life.ts';
import { UNLIMITED } from '../engine/station/pool.ts';
import type { Station } from '../engine/station/station.ts';
import { toMs } from '../engine/time.ts';
import { BACK_OFF, DOWN, STOPPED, type Unit } from '../engine/units/unit.ts';
import { LIFE_NAMES } from '../engine/states.ts';
import type { Running } from './assemble.ts';
import type { ActiveFault } from './faults.ts';
import type { BreakerView, Chart, Inspection, UnitView } from './inspection.ts';
import { type Severity, UNIT_STATES } from './protocol.ts';
import { asClock, asDuration, asShare, count } from './words.ts';

const charts = new Map<AnyStateMachine, Chart>();

function chartFor(machine: AnyStateMachine): Chart {
  const known = charts.get(machine) ?? chartOf(machine);
  charts.set(machine, known);
  return known;
}

export function inspect(
  running: Running,
  subject: string,
  active: readonly ActiveFault[],
): Inspection | null {
  const station = running.stations.get(subject);
  const link = running.links.get(subject);
  const faults = active.filter((f) => f.target === subject);
  if (station) return inspectStation(station, faults);
  if (link) return inspectLink(link, toMs(running.system.nowNs), faults);
  const group = running.design.groups.find((each) => each.id === subject);
  return group ? inspectGroup(subject, running.cut.has(subject), faults) : null;
}

function inspectGroup(subject: string, isCut: boolean, faults: readonly ActiveFault[]): Inspection {
  const isLost = faults.some((fault) => fault.fault === 'crash');
  const states = [
    ...(isLost ? ['Lost: all in it crashed.'] : []),
    ...(isCut ? ['Cut off from the rest.'] : []),
  ];
  return {
    subject,
    sentence: states.join(' ') || 'Nothing is done to it as a whole.',
    severity: isLost || isCut ? 'bad' : 'info',
    units: [],
    lifeChart: null,
    breakers: [],
    breakerChart: null,
    controls: [],
    parts: [],
    faults,
    totals: [],
  };
}

function inspectStation(station: Station, faults: readonly ActiveFault[]): Inspection {
  const { meter } = station;
  const units = station.units.filter((u) => u.state !== STOPPED);
  const { sentence, severity } = describeStation(station);
  return {
    subject: station.id,
    sentence,
    severity,
    units: units.map((u) => viewOfUnit(u, station)),
    lifeChart: chartFor(lifeMachine),
    controls: station.behaviour.controls.map(({ name, machine, state, sentence }) => ({
      name,
      chart: chartFor(machine),
      state,
      sentence,
    })),
    parts: station.behaviour.parts,
    breakers: [],
    breakerChart: null,
    faults,
    totals: [
      { label: station.incoming.length > 0 ? 'Calls' : 'Requests', value: meter.arrived },
      { label: 'Answered well', value: meter.ok },
      { label: 'Failed', value: meter.failed },
      { label: 'Dropped, caller had given up', value: meter.dropped },
      ...station.behaviour.totals(),
    ],
  };
}

function viewOfUnit(unit: Unit, station: Station): UnitView {
  const speed = unit.speedAt(station.core.now);
  const isVersioned = station.units.some((u) => u.build.version > 1);
  const { pool } = unit;
  const marks = [
    ...(pool && pool.servers < UNLIMITED ? [`${pool.busy} of ${pool.servers} busy`] : []),
    ...(pool && pool.waiting > 0 ? [`${count(pool.waiting)} waiting`] : []),
    ...(isVersioned ? [`v${unit.build.version}`] : []),
    ...(unit.takesPart && speed < 1 ? [`warming up: ${asShare(speed)}`] : []),
    ...(unit.restarts > 0 ? [`${unit.restarts} restart${unit.restarts === 1 ? '' : 's'}`] : []),
  ];
  return {
    index: unit.index,
    name: station.unitName(unit.index),
    state: UNIT_STATES[unit.appearance],
    life: LIFE_NAMES[unit.state],
    sinceMs: toMs(unit.sinceNs),
    marks,
  };
}

function describeStation(station: Station): { sentence: string; severity: Severity } {
  const { meter, units } = station;
  const inService = units.filter((u) => !u.retired).length;
  const down = units.filter((u) => !u.retired && (u.state === DOWN || u.state === BACK_OFF)).length;
  if (down > 0 && down >= inService) {
    return {
      sentence: `${inService > 1 ? `All ${inService} are down` : 'Down'}. Every call is refused.`,
      severity: 'bad',
    };
  }
  const parts = [`${count(meter.rateRps)} calls/s`];
  if (Number.isFinite(meter.p95Ms)) parts.push(`95 % of answers within ${asDuration(meter.p95Ms)}`);
  const { utilisation, waiting } = station.fleet;
  if (Number.isFinite(utilisation)) parts.push(`${asShare(utilisation)} busy`);
  if (waiting > 0) parts.push(`${count(waiting)} waiting`);
  if (meter.failedShare > 0) parts.push(`${asShare(meter.failedShare)} failing`);
  if (down > 0) parts.push(`${down} of ${inService} down`);
  const stalled = units.filter((u) => u.isStalled).length;
  if (stalled > 0) parts.push(`${stalled} of ${inService} standing still`);
  const severity =
    meter.failedShare > 0.2 || utilisation > 0.98
      ? 'bad'
      : severityOf(down + stalled, meter.failedShare, utilisation);
  return { sentence: `${parts.join(', ')}.`, severity };
}

function severityOf(down: number, failed: number, utilisation: number): Severity {
  return down > 0 || failed > 0.01 || utilisation > 0.92 ? 'warning' : 'info';
}

function inspectLink(link: Link, nowMs: number, faults: readonly ActiveFault[]): Inspection {
  const { meter, retries, hedging, connections } = link;
  const { breakers, fallback, rateLimit, throttle } = link.gate;
  const { sentence, severity } = describeLink(link, nowMs);
  return {
    subject: link.id,
    sentence,
    severity,
    units: [],
    lifeChart: null,
    controls: [],
    parts: [],
    breakers: breakers.all.map((b) => viewOf(b, link, nowMs)),
    breakerChart: link.settings.breaker ? chartFor(breakerMachine) : null,
    faults,
    totals: [
      { label: 'Attempts', value: meter.arrived },
      { label: 'Answered well', value: meter.ok },
      { label: 'Failed', value: meter.failed },
      { label: 'Given up by the caller', value: meter.dropped },
      { label: 'Retries', value: retries.total - (hedging?.sent ?? 0) },
      { label: 'Retries over budget', value: retries.overBudget },
      { label: 'Rejected by the breaker', value: breakers.all.reduce((sum, b) => sum + b.rejected, 0) },
      ...(hedging !== null
        ? [
            { label: 'Hedges sent', value: hedging.sent },
            { label: 'Hedges that answered first', value: hedging.won },
          ]
        : []),
      ...(connections === null
        ? []
        : [
            { label: 'Connections open now', value: connections.open },
            { label: 'Connections opened', value: connections.opened },
            { label: 'Calls on a ready connection', value: connections.reused },
            { label: 'Calls that waited for one', value: connections.waited },
          ]),
      ...(rateLimit === null
        ? []
        : [
            { label: 'Over the own rate limit', value: rateLimit.rejected },
            { label: 'Held back by it', value: rateLimit.heldBack },
          ]),
      ...(fallback === null
        ? []
        : [
            { label: 'Answered with a fallback', value: fallback.used },
            { label: 'Nothing to fall back on', value: fallback.missed },
          ]),
      ...(link.settings.throttleFactor > 0
        ? [{ label: 'Throttled by the caller', value: throttle?.rejected ?? 0 }]
        : []),
    ],
  };
}

function viewOf(breaker: Breaker, link: Link, nowMs: number): BreakerView {
  return {
    unit: link.gate.breakers.nameOf(breaker),
    state: BREAKER_STATE_NAMES[breaker.state],
    sinceMs: toMs(breaker.sinceNs),
    nextMs: toMs(breaker.untilNext(nowMs * 1e6)),
    window: breaker.results(),
    failureShare: breaker.failureShare,
    rejected: breaker.rejected,
    trips: breaker.trips,
  };
}

function describeLink(link: Link, nowMs: number): { sentence: string; severity: Severity } {
  const { meter, wire } = link;
  const { breakers } = link.gate;
  if (wire.cut) return { sentence: 'Cut: every message vanishes, only timeouts reveal it.', severity: 'bad' };
  const parted = wire.cutFor.map((unit) => link.caller.unitName(unit));
  if (parted.length > 0) {
    return { sentence: `Cut for ${parted.join(', ')}: only timeouts reveal it.`, severity: 'bad' };
  }
  const worst = breakers.all.reduce<Breaker | null>((a, b) => (a && a.state >= b.state ? a : b), null);
  if (worst && worst.state === OPEN_STATE) {
    const next = asDuration(toMs(worst.untilNext(nowMs * 1e6)));
    const share = asShare(worst.failureShare);
    const since = asClock(toMs(worst.sinceNs));
    return {
      sentence: `Open since ${since}: ${share} of its window failed. Trial calls in ${next}.`,
      severity: 'bad',
    };
  }
  if (worst && worst.state === HALF_OPEN) {
    return { sentence: 'Half-open: a few trial calls decide whether it closes.', severity: 'warning' };
  }
  const parts = [`${count(meter.rateRps)} calls/s`];
  if (Number.isFinite(meter.p95Ms)) parts.push(`95 % answered within ${asDuration(meter.p95Ms)}`);
  if (meter.failedShare > 0) parts.push(`${asShare(meter.failedShare)} failing`);
  const isFull =
    wire.line !== null && link.settings.bandwidth !== null && describeLine(wire.line, nowMs, parts);
  const isWorse = isFull || meter.failedShare > 0.01;
  return { sentence: `${parts.join(', ')}.`, severity: isWorse ? 'warning' : 'info' };
}

/** Adds how much of the bandwidth is used, both ways; true when nothing of it is left in one of them. */
function describeLine(line: Line, nowMs: number, parts: string[]): boolean {
  const [out, back] = line.busyShare;
  if (Number.isNaN(out)) return false;
  parts.push(`${asShare(out)} of the bandwidth out and ${asShare(back)} back used`);
  const waitMs = Math.max(...[OUT, BACK].map((way) => toMs(line.waitNs(way, nowMs * 1e6))));
  if (waitMs >= 1) parts.push(`messages leave ${asDuration(waitMs)} late`);
  return Math.max(out, back) > 0.98;
}
