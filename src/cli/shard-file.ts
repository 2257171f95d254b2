/** A shard from a file that anybody may have written: a shard that can be relied on, or one sentence. */
import { BUCKETS } from '../engine/records/histogram.ts';
import { MAX_SEED } from '../model/document.ts';
import { BadInput } from './bad-input.ts';
import { fingerprintOf } from './identity.ts';
import { MAX_SEEDS } from './options.ts';
import { seedsOfPart, type Shard, SHARD_FORMAT, type SubjectOverSeeds } from './shard.ts';
import * as shape from './shape.ts';
import { isConsistent } from './sparse-histogram.ts';

const { having, listOf, eachIs, hexadecimal, text, number, truth, wholeFrom, oneOf, orNull } = shape;

const IDENTITY = having({
  fingerprint: text,
  design: having({ name: text, digest: text }),
  engine: text,
  options: having({
    simulatedMs: number,
    warmupMs: number,
    drill: orNull(text),
    firstSeed: wholeFrom(0, MAX_SEED),
    seeds: wholeFrom(1, MAX_SEEDS),
  }),
  part: wholeFrom(1, MAX_SEEDS),
  of: wholeFrom(1, MAX_SEEDS),
});

const bucket: shape.Check = (value, path) =>
  listOf(wholeFrom(0), 2)(value, path) ??
  wholeFrom(0, BUCKETS - 1)((value as number[])[0], `${path}[0]`) ??
  wholeFrom(1)((value as number[])[1], `${path}[1]`);

const latencyOver =
  (runs: number): shape.Check =>
  (value, path) =>
    having({
      sums: listOf(number, runs),
      min: orNull(number),
      max: orNull(number),
      buckets: listOf(bucket),
    })(value, path) ?? (isConsistent(value as SubjectOverSeeds['latency']) ? null : path);

/** What a shard of so many runs holds. */
const contents = (runs: number) =>
  having({
    runs: listOf(
      having({ seed: wholeFrom(0, MAX_SEED), digest: hexadecimal(16), events: wholeFrom(0) }),
      runs,
    ),
    subjects: listOf(
      having({
        role: oneOf('client', 'node', 'link'),
        id: text,
        label: text,
        metrics: eachIs(listOf(orNull(number), runs)),
        latency: latencyOver(runs),
      }),
    ),
    expectations: listOf(
      having({
        subject: text,
        measure: text,
        is: oneOf('below', 'above'),
        value: number,
        measured: listOf(orNull(number), runs),
        passed: listOf(truth, runs),
      }),
    ),
  });

/** `file` is only for the sentence. */
export function parseShard(content: string, file: string): Shard {
  const value = jsonOf(content);
  const { format } = (value ?? {}) as { format?: unknown };
  if (typeof format !== 'string' || !/^loadbearing-shard\//.test(format))
    throw new BadInput(`${file} is no shard: it is not what sim run --shard prints.`);
  if (format !== SHARD_FORMAT) throw new BadInput(`${file} is a shard of another format, ${format}.`);
  const damage = damageOf(value);
  if (damage !== null) throw new BadInput(`${file} is a damaged shard: ${damage} is not as it was printed.`);
  return value as Shard;
}

function damageOf(value: unknown): string | null {
  const wrong = IDENTITY(value, '$');
  if (wrong !== null) return wrong;
  const shard = value as Shard;
  if (shard.fingerprint !== fingerprintOf(shard)) return '$.fingerprint';
  if (shard.part > shard.of || shard.of > shard.options.seeds) return '$.part';
  const seeds = seedsOfPart(shard.options, shard.part, shard.of);
  const damage = contents(seeds.length)(value, '$');
  if (damage !== null) return damage;
  const strange = shard.runs.findIndex(({ seed }, i) => seed !== seeds[i]);
  return strange < 0 ? null : `$.runs[${strange}].seed`;
}

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}
