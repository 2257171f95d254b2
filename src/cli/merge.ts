/**
 * The parts of a sweep made whole again. What comes out is to the last bit what one machine would have made, because
 * every figure of a seed goes back to the place of that seed, and only whole counts are added.
 */
import { BadInput } from './bad-input.ts';
import type { Identity } from './identity.ts';
import { type Shard, Tally } from './shard.ts';

export interface NamedShard {
  readonly file: string;
  readonly shard: Shard;
}

/** The whole, as part 1 of 1; BadInput when the shards are not all parts of one sweep, each there once. */
export function merge(shards: readonly NamedShard[]): Shard {
  refuseStrangers(shards);
  refuseGaps(shards);
  const parts = shards.map(({ shard }) => shard).sort((a, b) => a.part - b.part);
  const [first] = parts;
  return {
    ...first,
    part: 1,
    of: 1,
    runs: interleave(parts.map((p) => p.runs)),
    subjects: first.subjects.map((subject, i) => {
      const tally = new Tally();
      for (const p of parts) tally.add(p.subjects[i].latency);
      const columns = Object.keys(subject.metrics).map((name) => [
        name,
        interleave(parts.map((p) => p.subjects[i].metrics[name])),
      ]);
      const sums = interleave(parts.map((p) => p.subjects[i].latency.sums));
      return { ...subject, metrics: Object.fromEntries(columns), latency: { sums, ...tally.total } };
    }),
    expectations: first.expectations.map((expectation, i) => ({
      ...expectation,
      measured: interleave(parts.map((p) => p.expectations[i].measured)),
      passed: interleave(parts.map((p) => p.expectations[i].passed)),
    })),
  };
}

/** Collects what was dealt out: the first of each list, the second of each, and so on. */
function interleave<T>(hands: readonly (readonly T[])[]): T[] {
  return hands[0].flatMap((_, round) =>
    hands.filter((hand) => round < hand.length).map((hand) => hand[round]),
  );
}

function refuseStrangers([first, ...others]: readonly NamedShard[]): void {
  for (const other of others) {
    const difference = differenceOf(first.shard, other.shard);
    if (difference) throw new BadInput(`${other.file} does not belong to ${first.file}: ${difference}.`);
  }
}

/** What the first has and the second has not, in words; null when they are parts of one sweep. */
function differenceOf(a: Shard, b: Shard): string | null {
  if (a.fingerprint !== b.fingerprint) return otherSweep(a, b);
  if (a.of !== b.of) return `it is one of ${b.of} parts, not of ${a.of}`;
  const shapeOf = ({ subjects, expectations }: Shard) =>
    JSON.stringify([
      subjects.map(({ role, id, label, metrics }) => [role, id, label, Object.keys(metrics)]),
      expectations.map(({ measured: _, passed: __, ...expectation }) => expectation),
    ]);
  return shapeOf(a) === shapeOf(b) ? null : 'it measures other things';
}

function otherSweep({ design, engine, options }: Identity, b: Identity): string {
  if (b.design.digest !== design.digest || b.design.name !== design.name) {
    const name = b.design.name === design.name ? 'another version of' : `"${b.design.name}" and not`;
    return `its design is ${name} "${design.name}"`;
  }
  if (b.engine !== engine) return `it was run by engine ${b.engine}, not ${engine}`;
  const seeds = ({ firstSeed, seeds: n }: Identity['options']) => `${firstSeed} to ${firstSeed + n - 1}`;
  const told = [
    ['it ran', `${b.options.simulatedMs} ms`, `${options.simulatedMs} ms`],
    ['its warm-up took', `${b.options.warmupMs} ms`, `${options.warmupMs} ms`],
    ['its drill was', b.options.drill ?? 'none', options.drill ?? 'none'],
    ['its sweep has the seeds', seeds(b.options), seeds(options)],
  ];
  const [what, its, wanted] = told.find(([, x, y]) => x !== y)!;
  return `${what} ${its}, not ${wanted}`;
}

function refuseGaps(shards: readonly NamedShard[]): void {
  const files = new Map<number, string>();
  for (const { file, shard } of shards) {
    const before = files.get(shard.part);
    if (before !== undefined)
      throw new BadInput(`Part ${shard.part} of ${shard.of} is there twice: ${before} and ${file}.`);
    files.set(shard.part, file);
  }
  const { of } = shards[0].shard;
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((part) => !files.has(part));
  if (missing.length === 1) throw new BadInput(`Part ${missing[0]} of ${of} is missing.`);
  if (missing.length > 1) throw new BadInput(`Parts ${rangesOf(missing)} of ${of} are missing.`);
}

/** 2, 3, 4 and 7 are 2–4, 7. */
function rangesOf(ascending: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of ascending) {
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
