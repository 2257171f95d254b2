/** A sweep for people: means over the seeds with ±, all seeds together, the digests, and what became of the drill. */
import type { Interval } from './statistics.ts';
import type { Sweep, SweptExpectation, SweptSubject } from './sweep.ts';
import { figure, table } from './table.ts';

const METRICS = [
  { name: 'inRps', head: 'in/s', factor: 1 },
  { name: 'okRps', head: 'ok/s', factor: 1 },
  { name: 'failedShare', head: 'failed %', factor: 100 },
  { name: 'meanMs', head: 'mean ms', factor: 1 },
  { name: 'p50Ms', head: 'p50', factor: 1 },
  { name: 'p95Ms', head: 'p95', factor: 1 },
  { name: 'p99Ms', head: 'p99', factor: 1 },
] as const;

export function printedSweep(sweep: Sweep): string {
  const { options, events, runs, clients, nodes, links, expectations } = sweep;
  const subjects = [...clients, ...nodes, ...links];
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  const warmup = options.warmupMs > 0 ? `, of which ${seconds(options.warmupMs)} are warm-up` : '';
  const last = options.firstSeed + options.seeds - 1;
  const blocks = [
    `${options.seeds} seeds (${options.firstSeed} to ${last}), ${seconds(options.simulatedMs)} simulated each${warmup}; ` +
      `${events} events in all`,
    `Mean over the seeds ± half of its 95 % confidence interval:\n${means(subjects)}`,
    `All answers of all seeds together, ms:\n${together(subjects)}`,
    `Digests:\n${table(runs.map(({ seed, digest }) => [`seed ${seed}`, digest]))}`,
    ...(expectations.length > 0 ? [expectations.map(verdict).join('\n')] : []),
  ];
  return blocks.join('\n\n');
}

function means(subjects: readonly SweptSubject[]): string {
  const head = ['', ...METRICS.flatMap((metric) => [metric.head, '±'])];
  const rows = subjects.map(({ label, metrics }) => [
    label,
    ...METRICS.flatMap(({ name, factor }) => withSpread(metrics[name], factor)),
  ]);
  return table([head, ...rows]);
}

function withSpread({ mean, ci95 }: Interval, factor: number): [string, string] {
  const scaled = (value: number | null) => figure(value === null ? null : value * factor);
  return [scaled(mean), scaled(ci95)];
}

function together(subjects: readonly SweptSubject[]): string {
  const head = ['', 'n', 'mean', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'max'];
  const rows = subjects.map(({ label, latencyMs: l }) => [
    label,
    String(l.n),
    ...[l.mean, l.p50, l.p90, l.p95, l.p99, l.p999, l.max].map(figure),
  ]);
  return table([head, ...rows]);
}

function verdict(e: SweptExpectation): string {
  const word = e.passed === e.of ? 'pass' : 'FAIL';
  const failed = e.failedSeeds.length === 0 ? '' : `; not with ${seedsOf(e.failedSeeds)}`;
  const [mean, spread] = withSpread(e.measured, 1);
  return (
    `${word}  ${e.passed} of ${e.of} seeds: ${e.subject} ${e.measure} ${e.is} ${e.value}: ` +
    `measured ${mean} ± ${spread}${failed}`
  );
}

const MOST_NAMED = 8;

function seedsOf(seeds: readonly number[]): string {
  const more = seeds.length > MOST_NAMED ? ` and ${seeds.length - MOST_NAMED} more` : '';
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.slice(0, MOST_NAMED).join(', ')}${more}`;
}
