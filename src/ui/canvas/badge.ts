/**
 * What is worst about a node right now, in a few words, and the colour step of a load. Pure: it reads live numbers
 * and must not know how they are drawn.
 */
import type { KindSpec } from '../../kinds/contract.ts';
import { UNIT_STATES, type UnitState } from '../../session/protocol.ts';
import { formatGauge, formatShareShort } from '../format.ts';
import type { Live } from '../run/live.ts';

export interface Badge {
  readonly text: string;
  readonly severity: 'warn' | 'bad';
}

export type LoadLevel = 'idle' | 'ok' | 'warn' | 'bad';

/** Utilisation at which the next colour begins. */
const OK_FROM = 0.55;
const WARN_FROM = 0.75;
const BAD_FROM = 0.92;
/** Above this share of failed calls a node is said to fail; a few failures are everyday life. */
const FAILING_FROM = 0.05;
const SATURATED_FROM = 0.97;
/** Letters of a unit's name in a badge. */
const LONGEST_NAME = 12;

export function loadLevel(utilisation: number): LoadLevel {
  if (!(utilisation >= OK_FROM)) return 'idle';
  if (utilisation < WARN_FROM) return 'ok';
  return utilisation < BAD_FROM ? 'warn' : 'bad';
}

/** State of a unit; `up` before the first frame. */
export function unitState(live: Live, id: string, index: number): UnitState {
  return UNIT_STATES[live.unit(id, index, 'state')] ?? 'up';
}

/** The one badge of a node, or null when all is well. */
export function worstBadge(spec: KindSpec, id: string, label: string, live: Live): Badge | null {
  return lifeBadge(spec, id, label, live) ?? loadBadge(spec, id, live) ?? failingBadge(spec, id, live);
}

/** What speaks against a unit, worst first; several states may read the same. */
const TROUBLES: readonly (readonly [
  words: string,
  severity: Badge['severity'],
  states: readonly UnitState[],
])[] = [
  ['down', 'bad', ['down', 'backOff']],
  ['hung', 'bad', ['hung']],
  ['paused', 'bad', ['paused']],
  ['restarting', 'warn', ['restarting']],
  ['starting', 'warn', ['starting']],
  ['draining', 'warn', ['draining', 'closing']],
  ['degraded', 'warn', ['degraded']],
];

/** Places of the units that are there: some may be out of service. */
export function unitsThere(live: Live, id: string): readonly number[] {
  return live.units(id).flatMap((_, index) => (unitState(live, id, index) === 'stopped' ? [] : [index]));
}

function lifeBadge(spec: KindSpec, id: string, label: string, live: Live): Badge | null {
  const names = live.units(id);
  const there = areAllUp(live, id, names.length) ? [] : unitsThere(live, id);
  for (const [words, severity, states] of TROUBLES) {
    const hit = there.filter((index) => states.includes(unitState(live, id, index)));
    if (hit.length === 0) continue;
    if (there.length < 2) return { text: capital(words), severity };
    if (hit.length === 1) return { text: `${unitName(spec, names[hit[0]], hit[0])} ${words}`, severity };
    const all = hit.length === there.length && severity === 'bad';
    return {
      text: all ? `All ${hit.length} ${words}` : `${hit.length} of ${there.length} ${words}`,
      severity,
    };
  }
  return spec.unitNoun && names.length === 0 && live.frame
    ? { text: `${label} has no ${spec.unitNoun}`, severity: 'bad' }
    : null;
}

/** Asked of every component many times a second, and most often so. */
function areAllUp(live: Live, id: string, count: number): boolean {
  for (let index = 0; index < count; index++) if (unitState(live, id, index) !== 'up') return false;
  return true;
}

function loadBadge(spec: KindSpec, id: string, live: Live): Badge | null {
  const names = live.units(id);
  let busiest = -1;
  for (let index = 0; index < names.length; index++) {
    const isFull =
      live.unit(id, index, 'utilisation') >= SATURATED_FROM && live.unit(id, index, 'waiting') >= 1;
    if (isFull && (busiest < 0 || live.unit(id, index, 'waiting') > live.unit(id, busiest, 'waiting'))) {
      busiest = index;
    }
  }
  if (names.length > 1 && busiest >= 0) {
    return { text: `${unitName(spec, names[busiest], busiest)} saturated`, severity: 'bad' };
  }
  const isFull = live.node(id, 'utilisation') >= SATURATED_FROM && live.node(id, 'waiting') >= 1;
  if (busiest >= 0 || isFull) return { text: 'Saturated', severity: 'bad' };
  const gauge = spec.gauges[0];
  const value = live.node(id, 'gauge0');
  // A source shows its failures as its gauge; they are their callees' doing.
  if (spec.role === 'source' || gauge?.warnAbove === undefined || !(value > gauge.warnAbove)) return null;
  return { text: `${formatGauge(value, gauge.unit)} ${gauge.label}`, severity: 'warn' };
}

function failingBadge(spec: KindSpec, id: string, live: Live): Badge | null {
  const failed = live.node(id, 'failedShare');
  if (spec.role === 'source' || !(failed >= FAILING_FROM)) return null;
  // Amber only: most often a callee is to blame, and red is for where the trouble is.
  return { text: `${formatShareShort(failed)} failing`, severity: 'warn' };
}

/**
 * "shard 1" → "Shard 1"; names of instances such as "api-3" stay as they are, unless they leave no room on the card for
 * what is the matter: there it can only be one of its own.
 */
function unitName(spec: KindSpec, name: string, index: number): string {
  if (name.length > LONGEST_NAME && spec.unitNoun) return `${capital(spec.unitNoun)} ${index + 1}`;
  return /^[a-z]+ \d+$/.test(name) ? capital(name) : name;
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
