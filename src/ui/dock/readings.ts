/**
 * What every lane says at one instant, in words: for the tooltip at the crosshair, for the keyboard and for the table.
 * It must not know where it is shown.
 */
import { formatCount, formatDuration, formatRate, formatShare } from '../format.ts';
import { nameOf } from '../run/design-source.ts';
import type { Band, BandRow } from '../run/bands.ts';
import type { Run } from '../run/run.ts';
import { BAND_LOOKS } from './band-looks.ts';
import type { Columns } from './columns.ts';
import type { Stretch } from './draw-bands.ts';
import { drillPlan } from './drill-plan.ts';
import { reasonToken, type Token } from './plot.ts';

export interface Reading {
  readonly label: string;
  readonly value: string;
  /** Colour of its swatch, where it has one on the chart. */
  readonly token?: Token;
}

/** Empty outside the measured time. */
export function readingsAt(run: Run, columns: Columns, simMs: number): readonly Reading[] {
  const column = columns.at(simMs);
  const isPast = simMs <= (run.live.frame?.simMs ?? 0);
  const rest = [...(isPast ? stateReadings(run, simMs) : []), ...drillReadings(run, simMs)];
  return column < 0 ? rest : [...columnReadings(run, columns, column), ...rest];
}

function columnReadings(run: Run, columns: Columns, column: number): Reading[] {
  const failed = columns.failedRps[column];
  const ended = columns.goodRps[column] + failed;
  const readings: Reading[] = [
    { label: 'Offered', value: formatRate(columns.offeredRps[column]), token: '--ink-2' },
    { label: 'Goodput', value: formatRate(columns.goodRps[column]), token: '--brand' },
    { label: 'p50', value: formatDuration(columns.p50Ms[column]) },
    { label: 'p95', value: formatDuration(columns.p95Ms[column]) },
    { label: 'p99', value: formatDuration(columns.p99Ms[column]) },
    { label: 'Errors', value: ended > 0 ? formatShare(failed / ended) : formatCount(NaN) },
  ];
  run.history.seen.forEach((reason, place) => {
    const rps = columns.reason(column, reason);
    const label = capital(run.history.failures[reason].label);
    if (rps > 0) readings.push({ label, value: formatRate(rps), token: reasonToken(place) });
  });
  return readings;
}

/** Labels of failures are words inside sentences; here they begin a line. */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const ORDINARY: readonly Band['state'][] = ['closed', 'disabled', 'metricsOnly', 'up'];

/** A tooltip is no list. */
const MOST_STATES = 5;

function stateReadings(run: Run, simMs: number): Reading[] {
  const readings = run.bands.list().flatMap((row) => {
    const band = row.bands.findLast((each) => each.fromMs <= simMs);
    if (!band || ORDINARY.includes(band.state)) return [];
    const { word, fill } = BAND_LOOKS[band.state];
    return [{ label: rowName(run, row), value: word, token: fill }];
  });
  const more = readings.length - MOST_STATES;
  return more > 0
    ? [...readings.slice(0, MOST_STATES), { label: 'Other changes', value: `${more} more` }]
    : readings;
}

function drillReadings(run: Run, simMs: number): Reading[] {
  const { steps, expectations } = drillPlan(run);
  const isNow = ({ fromMs, toMs }: Stretch) => simMs >= fromMs && simMs < toMs;
  return [...steps, ...expectations]
    .filter(isNow)
    .map(({ text, ink }) => ({ label: 'Drill', value: text, token: ink }));
}

/** "api → orders", "api-1", "orders" for all of it, "orders-1 … orders-3" for some that share a story. */
export function rowName(run: Run, { subject, units }: BandRow): string {
  const name = nameOf(run.source.get(), subject);
  if (units === null || units.length === run.live.units(subject).length) return name;
  return units.length === 1 ? units[0] : `${units[0]} … ${units[units.length - 1]}`;
}
