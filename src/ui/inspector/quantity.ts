/**
 * Values of parameters as people type and read them: percent for shares, "1.5 s" for milliseconds, "64 kB" for bytes.
 * It must not know forms or the document.
 */
import { paramProblem } from '../../model/param-checks.ts';
import type { NumberParam, Unit } from '../../model/params.ts';

interface Scale {
  readonly suffix: string;
  readonly factor: number;
  /** Other ways to write it. */
  readonly also?: readonly string[];
}

const TIMES: readonly Scale[] = [
  { suffix: 'µs', factor: 0.001, also: ['us'] },
  { suffix: 'ms', factor: 1 },
  { suffix: 's', factor: 1_000, also: ['sec', 'second', 'seconds'] },
  { suffix: 'min', factor: 60_000, also: ['m', 'minute', 'minutes'] },
  { suffix: 'h', factor: 3_600_000, also: ['hour', 'hours'] },
];

/** Small to large; a bare number is read in the scale the value was shown in. */
const SCALES: Record<Unit, readonly Scale[]> = {
  ms: TIMES,
  seconds: TIMES.map((scale) => ({ ...scale, factor: scale.factor / 1_000 })),
  bytes: [
    { suffix: 'B', factor: 1, also: ['bytes'] },
    { suffix: 'kB', factor: 1e3, also: ['k'] },
    { suffix: 'MB', factor: 1e6, also: ['m'] },
    { suffix: 'GB', factor: 1e9, also: ['g'] },
  ],
  share: [{ suffix: '%', factor: 0.01 }],
  rps: [{ suffix: 'rps', factor: 1, also: ['/s'] }],
  factor: [{ suffix: '', factor: 1, also: ['×', 'x'] }],
  count: [{ suffix: '', factor: 1 }],
};

/** "1.5 s", "50 %", "1,000 rps": short, and exactly the value. */
export function showQuantity(value: number, unit: Unit): string {
  const scale = scaleFor(value, unit);
  const shown = clean(value / scale.factor).toLocaleString('en-US', { maximumFractionDigits: 6 });
  return scale.suffix ? `${shown} ${scale.suffix}` : shown;
}

/** The largest scale that needs no more than two decimals; the plain one where none does. */
function scaleFor(value: number, unit: Unit): Scale {
  const scales = SCALES[unit];
  const plain = scales.find((scale) => scale.factor === 1) ?? scales[0];
  if (value === 0) return plain;
  const isShort = (scale: Scale) => {
    const hundredths = clean((value / scale.factor) * 100);
    return Math.abs(value) >= scale.factor && Number.isInteger(hundredths);
  };
  return scales.findLast(isShort) ?? (Math.abs(value) < plain.factor ? scales[0] : plain);
}

/**
 * The value of a text, or a sentence on why it is none. `shown` is the value the field had: its scale is meant when
 * the text has no unit.
 */
export function parseQuantity(text: string, param: NumberParam, shown: number): number | string {
  const match = /^\s*(-?[\d.,\s_]*\d[\d.,_]*)\s*([^\d\s.,-]*)\s*$/u.exec(text);
  if (!match) return `${param.label} must be a number${exampleOf(param)}.`;
  const number = Number(match[1].replace(/[,\s_](?=\d{3}(\D|$))/g, '').replace(',', '.'));
  if (!Number.isFinite(number)) return `${param.label} must be a number${exampleOf(param)}.`;
  const factor = factorOf(match[2], param, shown);
  if (factor === null) return `“${match[2]}” is no unit of ${param.label.toLowerCase()}${exampleOf(param)}.`;
  const value = clean(number * factor);
  return quantityProblem(param, value) ?? value;
}

/** As `paramProblem`, with the bounds in the units people see. */
export function quantityProblem(param: NumberParam, value: number): string | null {
  const problem = paramProblem(param, value);
  if (!problem || value === Math.min(param.max, Math.max(param.min, value))) return problem;
  return `${param.label} must be between ${showQuantity(param.min, param.unit)} and ${showQuantity(param.max, param.unit)}.`;
}

function factorOf(suffix: string, param: NumberParam, shown: number): number | null {
  const scales = SCALES[param.unit];
  if (suffix === '') return scaleFor(shown, param.unit).factor;
  const wanted = suffix.toLowerCase();
  const isCounted = param.unit === 'count' || param.unit === 'rps' || param.unit === 'factor';
  if (isCounted && wanted === 'k') return 1e3;
  if (isCounted && wanted === 'm') return 1e6;
  const scale = scales.find((each) => each.suffix.toLowerCase() === wanted || each.also?.includes(wanted));
  return scale?.factor ?? null;
}

function exampleOf(param: NumberParam): string {
  return `, like ${showQuantity(param.default, param.unit)}`;
}

/** One step of the arrow keys: about a tenth of the value, in whole units of its scale. */
export function stepOf(value: number, param: NumberParam): number {
  const scale = scaleFor(value, param.unit).factor;
  const size = Math.abs(value / scale);
  const step =
    size >= 200
      ? 10 ** Math.floor(Math.log10(size) - 1)
      : size >= 20
        ? 5
        : size >= 2 || param.integer
          ? 1
          : 0.1;
  return step * scale;
}

/** Floating point leaves 0.30000000000000004 behind. */
export function clean(value: number): number {
  return Number(value.toPrecision(12));
}
