/** Headless runs: the same engine as in the page, from the command line. On its other threads, the worker of a sweep. */
import { availableParallelism } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { EndlessInstant } from '../engine/system.ts';
import { MAX_SEED } from '../model/document.ts';
import { runHeadless } from '../session/headless.ts';
import {
  type Command,
  type MergeCommand,
  parseArguments,
  type RunCommand,
  type SweepCommand,
  USAGE,
} from './arguments.ts';
import { BadInput } from './bad-input.ts';
import { drillOf, readDesign, readText } from './design-file.ts';
import { engineOf, identityOf } from './identity.ts';
import { printKinds } from './kinds.ts';
import { lint } from './lint.ts';
import { merge } from './merge.ts';
import { type Job, simulatedMsOf } from './replication.ts';
import { printed, report } from './report.ts';
import { Collection, seedsOfPart, type Shard } from './shard.ts';
import { parseShard } from './shard-file.ts';
import { summarise } from './sweep.ts';
import { printedSweep } from './sweep-table.ts';
import { replicateAll, serveSeeds } from './threads.ts';

const EXPECTATION_FAILED = 1;
const WARNED = 1;
const BAD_INPUT = 2;

if (isMainThread) await main();
else serveSeeds();

async function main(): Promise<void> {
  try {
    await carryOut(parseArguments(process.argv.slice(2)));
  } catch (problem) {
    if (!(problem instanceof BadInput || problem instanceof EndlessInstant)) throw problem;
    console.error(problem.message);
    process.exitCode = BAD_INPUT;
  }
}

async function carryOut(command: Command): Promise<void> {
  switch (command.command) {
    case 'help':
      return console.log(USAGE);
    case 'kinds':
      return printKinds(command.json);
    case 'lint':
      if (lint(await readDesign(command.file), command.json)) process.exitCode = WARNED;
      return;
    case 'run':
      return run(command);
    case 'sweep':
      return sweep(command);
    case 'merge':
      return mergeFiles(command);
  }
}

async function run(command: RunCommand): Promise<void> {
  const { job, seed } = await jobOf(command);
  const start = performance.now();
  const done = runHeadless({ ...job.design, seed }, job);
  const result = report(done, performance.now() - start, seed);
  console.log(command.json ? JSON.stringify(result, null, 2) : printed(result));
  if (result.expectations.some((e) => !e.passed)) process.exitCode = EXPECTATION_FAILED;
}

async function sweep(command: SweepCommand): Promise<void> {
  const { job, seed } = await jobOf(command);
  const { seeds, threads, shard } = command;
  if (seed + seeds - 1 > MAX_SEED)
    throw new BadInput(`There are no ${seeds} seeds from ${seed} on: the last is ${MAX_SEED}.`);
  const program = new URL(import.meta.url);
  const identity = identityOf(job, seed, seeds, engineOf(program));
  const { part, of } = shard ?? { part: 1, of: 1 };
  const collection = new Collection();
  const count = threads ?? availableParallelism();
  await replicateAll(job, seedsOfPart(identity.options, part, of), { count, program }, (index, replication) =>
    collection.take(index, replication),
  );
  const done = collection.shard(identity, part, of);
  if (shard) console.log(JSON.stringify(done));
  else printWhole(done, command.json);
}

function mergeFiles({ files, json }: MergeCommand): void {
  printWhole(merge(files.map((file) => ({ file, shard: parseShard(readText(file), file) }))), json);
}

function printWhole(whole: Shard, json: boolean): void {
  const result = summarise(whole);
  console.log(json ? JSON.stringify(result, null, 2) : printedSweep(result));
  if (result.expectations.some(({ passed, of }) => passed < of)) process.exitCode = EXPECTATION_FAILED;
}

async function jobOf(command: RunCommand | SweepCommand): Promise<{ job: Job; seed: number }> {
  const { file, forMs, warmupMs, seed, drill } = command;
  const design = await readDesign(file);
  const job = { design, forMs, warmupMs, drill: drill === null ? undefined : drillOf(design, drill) };
  if (warmupMs > 0 && warmupMs >= simulatedMsOf(job))
    throw new BadInput(
      `Nothing is left to measure of ${simulatedMsOf(job)} ms after a warm-up of ${warmupMs} ms.`,
    );
  return { job, seed: seed ?? design.seed };
}
