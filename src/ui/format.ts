/**
 * Numbers as people read them: with a unit, sensible digits, and a dash where there is no value. The one place
 * that decides them, for nodes, charts, transport and inspector alike. It must not know what the numbers mean.
 */

/** Stands between number and unit: keeps them on one line. */
const GAP = '\u00a0';
export const NO_VALUE = '–';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const fixed = [0, 1, 2, 3].map(
  (digits) =>
    new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);

/** Three significant digits, never more than needed: 1.24, 12.4, 124, 4,980. */
function significant(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.95) return whole.format(value);
  if (size >= 9.995) return fixed[1].format(value);
  return fixed[2].format(value);
}

/** "4,980". */
export function formatCount(value: number): string {
  return Number.isFinite(value) ? whole.format(value) : NO_VALUE;
}

/** For narrow places: "612", "3.0k", "12k", "1.2M". Below ten one decimal if it is not whole. */
export function formatCompact(value: number): string {
  if (!Number.isFinite(value)) return NO_VALUE;
  const size = Math.abs(value);
  for (const [limit, unit, mark] of SCALES) {
    if (size >= limit) return `${fixed[size / unit < 9.95 ? 1 : 0].format(value / unit)}${mark}`;
  }
  return fixed[size < 9.95 && !Number.isInteger(value) && size > 0.04 ? 1 : 0].format(value);
}

/** A value moves to the larger unit where its rounded form would need a fourth digit. */
const SCALES = [
  [999_500_000, 1e9, 'G'],
  [999_500, 1e6, 'M'],
  [999.5, 1e3, 'k'],
] as const;

/** "4,980 rps". */
export function formatRate(rps: number): string {
  if (!Number.isFinite(rps)) return NO_VALUE;
  return `${Math.abs(rps) < 9.95 && !Number.isInteger(rps) ? fixed[1].format(rps) : whole.format(rps)}${GAP}rps`;
}

/** "1.24 s", "240 ms", "3.10 ms", "380 µs", "2 min 5 s". */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return NO_VALUE;
  const size = Math.abs(ms);
  if (size === 0) return `0${GAP}ms`;
  if (size < 0.9995) return `${size < 0.001 ? '<1' : whole.format(ms * 1_000)}${GAP}µs`;
  if (size < 999.5) return `${significant(ms)}${GAP}ms`;
  if (size < 59_950) return `${significant(ms / 1_000)}${GAP}s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.trunc(seconds / 60)}${GAP}min${GAP}${seconds % 60}${GAP}s`;
}

/** For nodes: two digits at most, no zero before the point: ".98 s", "4 ms", ".4 ms", "40 µs", "1.1 s", "31 s". */
export function formatDurationShort(ms: number): string {
  if (!Number.isFinite(ms)) return NO_VALUE;
  if (ms === 0) return `0${GAP}ms`;
  if (ms < 0.0995) return `${ms < 0.001 ? '<1' : whole.format(ms * 1_000)}${GAP}µs`;
  if (ms < 0.95) return `${fixed[1].format(ms).replace(/^0(?=\.)/, '')}${GAP}ms`;
  if (ms < 9.5) return `${fixed[ms < 3 && !isNearWhole(ms) ? 1 : 0].format(ms)}${GAP}ms`;
  if (ms < 99.5) return `${whole.format(ms)}${GAP}ms`;
  const seconds = ms / 1_000;
  if (seconds < 0.995) return `${fixed[2].format(seconds).replace(/^0/, '')}${GAP}s`;
  return `${fixed[seconds < 9.95 ? 1 : 0].format(seconds)}${GAP}s`;
}

const isNearWhole = (value: number) => Math.abs(value - Math.round(value)) < 0.05;

/** A share 0..1 as percent: "37.3 %", "0.04 %", "100 %", "0 %". */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return NO_VALUE;
  const percent = share * 100;
  const size = Math.abs(percent);
  if (size === 0) return `0${GAP}%`;
  if (size < 0.005) return `<0.01${GAP}%`;
  if (size < 0.095) return `${fixed[2].format(percent)}${GAP}%`;
  // 99.97 % is not all of it: only a whole share may read "100 %".
  if (size > 99.9 && size < 100) return `>99.9${GAP}%`;
  return `${fixed[size < 99.95 ? 1 : 0].format(percent)}${GAP}%`;
}

/** For nodes: whole percent, one decimal below ten when it says something: "31 %", "0.4 %". */
export function formatShareShort(share: number): string {
  if (!Number.isFinite(share)) return NO_VALUE;
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return `<.1${GAP}%`;
  if (percent > 99.5 && percent < 100) return `>99${GAP}%`;
  return `${fixed[percent > 0 && percent < 0.95 ? 1 : 0].format(percent)}${GAP}%`;
}

/** "2.4×", "10×". */
export function formatFactor(factor: number): string {
  if (!Number.isFinite(factor)) return NO_VALUE;
  return `${fixed[Math.abs(factor) < 9.95 && !isNearWhole(factor) ? 1 : 0].format(factor)}×`;
}

/** A measured value beside its theory, with so many significant digits: "25.35 ms", "12.17 %", "1.996×". */
export function formatMeasured(value: number, unit: 'ms' | 'share' | 'factor', digits = 4): string {
  if (!Number.isFinite(value)) return NO_VALUE;
  const shown = exact(digits).format(unit === 'share' ? value * 100 : value);
  return unit === 'factor' ? `${shown}×` : `${shown}${GAP}${unit === 'share' ? '%' : 'ms'}`;
}

function exact(digits: number): Intl.NumberFormat {
  return new Intl.NumberFormat('en-US', {
    minimumSignificantDigits: digits,
    maximumSignificantDigits: digits,
  });
}

/** The simulated clock: "00:54.2", "1:02:03.4"; more decimals in slow motion. */
export function formatClock(ms: number, decimals = 1): string {
  if (!Number.isFinite(ms)) return NO_VALUE;
  const scale = 10 ** decimals;
  // Cut, not rounded: a clock never shows an instant that has not come yet.
  const ticks = Math.floor((ms / 1_000) * scale + 1e-6);
  const seconds = Math.floor(ticks / scale);
  const fraction = decimals > 0 ? `.${String(ticks % scale).padStart(decimals, '0')}` : '';
  const minutes = Math.floor(seconds / 60);
  const tail = `${pair(minutes % 60)}:${pair(seconds % 60)}${fraction}`;
  return minutes < 60 ? tail : `${Math.floor(minutes / 60)}:${tail}`;
}

const pair = (value: number) => String(value).padStart(2, '0');

/** A value in the unit of a gauge or parameter of a kind, for narrow places. */
export function formatGauge(value: number, unit: 'share' | 'count' | 'factor' | 'ms' | 'rps'): string {
  switch (unit) {
    case 'share':
      return formatShareShort(value);
    case 'factor':
      return formatFactor(value);
    case 'ms':
      return formatDurationShort(value);
    case 'count':
    case 'rps':
      return formatCompact(value);
  }
}
