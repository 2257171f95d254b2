/** What makes two runs parts of one sweep: the same design, the same options, the same program. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { serialize, withoutViewport } from '../model/canonical.ts';
import { type Job, simulatedMsOf } from './replication.ts';

export interface SweepOptions {
  /** Length of every run, its warm-up included. */
  readonly simulatedMs: number;
  /** Measured only after this. */
  readonly warmupMs: number;
  /** Id of the drill, if any. */
  readonly drill: string | null;
  /** The seeds are this one and those after it. */
  readonly firstSeed: number;
  readonly seeds: number;
}

export interface Identity {
  readonly design: { readonly name: string; readonly digest: string };
  /** Digest of the program that runs: another engine, another digest. */
  readonly engine: string;
  readonly options: SweepOptions;
}

/** `firstSeed` and `seeds` say which runs there are; the design's own seed does not matter. */
export function identityOf(job: Job, firstSeed: number, seeds: number, engine: string): Identity {
  const { design, warmupMs, drill } = job;
  const text = serialize(withoutViewport({ ...design, seed: 0 }));
  return {
    design: { name: design.name, digest: digestOf(text) },
    engine,
    options: { simulatedMs: simulatedMsOf(job), warmupMs, drill: drill?.id ?? null, firstSeed, seeds },
  };
}

/** One text for all of it, equal if and only if all of it is. */
export function fingerprintOf({ design, engine, options }: Identity): string {
  const { simulatedMs, warmupMs, drill, firstSeed, seeds } = options;
  return digestOf(
    JSON.stringify([design.name, design.digest, engine, simulatedMs, warmupMs, drill, firstSeed, seeds]),
  );
}

/** The program is one file, engine and all, so that its digest names the version of the engine. */
export function engineOf(program: URL): string {
  return digestOf(readFileSync(program));
}

/** The first 64 bits of SHA-256, in hexadecimal. */
function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
