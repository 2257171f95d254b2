/** What the model check says in words: the state of the whole, and all of it as plain text. It must not know React. */
import { chanceBeyond } from '../../session/check/evidence.ts';
import { type CheckEntry, type CheckResult, LIMIT, RUNS } from '../../session/check/protocol.ts';
import { formatCount, formatMeasured } from '../format.ts';
import { type CheckProgress, finalResults, isFinal } from './use-check.ts';

/** "+1.1", "−0.4". */
export function errorInWords(error: number): string {
  if (Number.isNaN(error)) return '–';
  const size = Math.abs(error);
  const digits = size === Infinity ? '∞' : size.toFixed(1);
  return `${digits === '0.0' ? '' : error < 0 ? '−' : '+'}${digits}`;
}

/** Keeps a number and its unit on one line. */
export function unbroken(text: string): string {
  return text.replace(/(\d) (%|ms\b)/g, '$1\u00a0$2');
}

/** One sentence on where the check stands. */
export function summary(progress: CheckProgress, seed: number): string {
  const { entries, phase } = progress;
  const ended = finalResults(progress);
  const agreeing = ended.filter((result) => result.passed);
  if (phase === 'failed') return `The check stopped, seed ${seed}: ${progress.problem}`;
  if (entries.length === 0) return 'Starting…';
  if (phase === 'running') {
    const so =
      ended.length === agreeing.length ? '' : `, ${ended.length - agreeing.length} outside the limit`;
    return `${ended.length} of ${entries.length} cases done, seed ${seed}${so}.`;
  }
  const verdict = `${agreeing.length} of ${ended.length} agree within ${LIMIT} standard errors, seed ${seed}`;
  const chance = `chance alone fails one in ${oneIn(entries.length)} runs`;
  if (agreeing.length === ended.length) return `${verdict}: ${chance}.`;
  return `${verdict}. Since ${chance}, try another seed: what fails again is the simulator’s fault.`;
}

/** In how many checks one shows a failure by chance alone, to two digits. */
function oneIn(cases: number): string {
  const checks = 1 / (1 - (1 - chanceBeyond(LIMIT, RUNS - 1)) ** cases);
  return formatCount(Number(checks.toPrecision(2)));
}

export function totalRequests(results: readonly CheckResult[]): number {
  return results.reduce((sum, result) => sum + result.requests, 0);
}

/** The whole table for a message or an issue. */
export function asText(progress: CheckProgress, seed: number): string {
  const requests = formatCount(totalRequests(finalResults(progress)));
  return [
    'Loadbearing, model check',
    summary(progress, seed),
    `${requests} requests in all, ${RUNS} runs of each case.`,
    '',
    ...progress.entries.map((entry) => lineOf(entry, progress.results.get(entry.id))),
  ].join('\n');
}

function lineOf(
  { name, quantity, unit, theory, source }: CheckEntry,
  result: CheckResult | undefined,
): string {
  const expected = `theory ${formatMeasured(theory, unit)} (${source})`;
  if (!isFinal(result)) return `      ${name}. ${quantity}: ${expected}, not run`;
  const { passed, simulated, standardError, error, requests } = result;
  const found = `${formatMeasured(simulated, unit)} ± ${formatMeasured(standardError, unit, 2)}`;
  const off = `${errorInWords(error)} standard errors, ${formatCount(requests)} requests`;
  return `${passed ? 'pass' : 'FAIL'}  ${name}. ${quantity}: simulated ${found}, ${expected}, ${off}`;
}
