/** Whether a value fits the description of its parameter. It must not know where the value comes from. */
import type { Param, SeriesParam } from './params.ts';
import { MAX_SERIES, numbersOf } from './series.ts';
import { isSetText } from './sets.ts';

/** What is wrong with a value, as one sentence for people, or `null` when it is fine. */
export function paramProblem(param: Param, value: unknown): string | null {
  switch (param.type) {
    case 'flag':
      return typeof value === 'boolean' ? null : `${param.label} must be true or false.`;
    case 'choice':
      return param.options.some((o) => o.value === value)
        ? null
        : `${param.label} must be one of ${param.options.map((o) => o.value).join(', ')}.`;
    case 'set':
      return typeof value === 'string' && isSetText(param.options, value)
        ? null
        : `${param.label} must be some of ${param.options.map((o) => o.value).join(', ')}, in this order, joined by commas without spaces.`;
    case 'series':
      return seriesProblem(param, value);
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return `${param.label} must be a number.`;
      if (param.integer && !Number.isInteger(value)) return `${param.label} must be a whole number.`;
      return value >= param.min && value <= param.max
        ? null
        : `${param.label} must be between ${param.min} and ${param.max}.`;
  }
}

function seriesProblem(param: SeriesParam, value: unknown): string | null {
  const numbers = typeof value === 'string' ? numbersOf(value) : null;
  if (!numbers) return `${param.label} must be a list of at most ${MAX_SERIES} numbers.`;
  const bad = numbers.findIndex((n) => n < param.min || n > param.max);
  return bad < 0 ? null : `${param.label}: number ${bad + 1} must be between ${param.min} and ${param.max}.`;
}
