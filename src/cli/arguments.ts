/** The command line as data, or one sentence about what is wrong with it. */
import * as option from './options.ts';
import { BadInput } from './bad-input.ts';

/** What is run, whatever the number of seeds. */
interface Run {
  readonly file: string;
  readonly forMs: number;
  readonly warmupMs: number;
  readonly seed: number | null;
  readonly drill: string | null;
  readonly json: boolean;
}

export interface RunCommand extends Run {
  readonly command: 'run';
}

export interface SweepCommand extends Run {
  readonly command: 'sweep';
  /** How many seeds, from `seed` on. */
  readonly seeds: number;
  /** Null for as many as there are cores. */
  readonly threads: number | null;
  /** Part `part` (from 1) of `of`; null for the whole. */
  readonly shard: { readonly part: number; readonly of: number } | null;
}

export interface MergeCommand {
  readonly command: 'merge';
  readonly files: readonly string[];
  readonly json: boolean;
}

export interface LintCommand {
  readonly command: 'lint';
  readonly file: string;
  readonly json: boolean;
}

export type Command =
  | RunCommand
  | SweepCommand
  | MergeCommand
  | LintCommand
  | { readonly command: 'kinds'; readonly json: boolean }
  | { readonly command: 'help' };

export const USAGE = `Usage:
  sim run FILE [--for 60s] [--warmup 10s] [--seed N] [--drill NAME] [--json]
      Runs a design file (or the text of a shared link in a file) and prints what was measured.
  sim run FILE --seeds N [--threads N] [--shard I/N] [the options above]
      Runs N seeds, from --seed on, on all cores or --threads of them, and prints means with 95 % confidence.
      With --shard runs only every N-th seed from the I-th on, and prints a shard for sim merge.
  sim merge FILE... [--json]
      Adds the shards of one sweep up, exactly as if it had been run in one piece.
  sim lint FILE [--json]
      Prints what speaks against a design before it runs, each with what can be done.
  sim kinds [--json]
      Prints the catalog of components, with --json each one's JSON Schema.
Exit code: 0 fine, 1 an expectation of the drill failed or lint found a warning, 2 bad input. A shard judges nothing: its merge does.`;

export function parseArguments(args: readonly string[]): Command {
  const [command, ...rest] = args;
  // Asked for anywhere it is answered, and nothing is run.
  if (command === undefined || command === 'help' || args.includes('--help') || args.includes('-h'))
    return { command: 'help' };
  const { values, files } = split(rest);
  const json = values.has('json');
  if (command === 'kinds') {
    refuseOthers(command, values, ['json']);
    return { command, json };
  }
  if (command === 'merge') {
    refuseOthers(command, values, ['json']);
    if (files.length === 0) throw new BadInput('merge takes the FILE of every shard.');
    return { command, files, json };
  }
  if (command === 'lint') {
    refuseOthers(command, values, ['json']);
    if (files.length !== 1) throw new BadInput('lint takes one FILE.');
    return { command, file: files[0], json };
  }
  if (command === 'run') return runOrSweep(values, files);
  throw new BadInput(`There is no command "${command}"; try run, lint, merge or kinds.`);
}

function runOrSweep(
  values: ReadonlyMap<string, string>,
  files: readonly string[],
): RunCommand | SweepCommand {
  if (files.length !== 1) throw new BadInput('run takes one FILE.');
  const given = <T>(name: string, read: (name: string, text: string) => T): T | null =>
    values.has(name) ? read(name, values.get(name)!) : null;
  const run = {
    file: files[0],
    forMs: given('for', option.duration) ?? 60_000,
    warmupMs: given('warmup', option.duration) ?? 0,
    seed: given('seed', option.seed),
    drill: values.get('drill') ?? null,
    json: values.has('json'),
  };
  const seeds = given('seeds', option.seeds);
  const threads = given('threads', option.threads);
  const shard = given('shard', option.shard);
  if (seeds === null) {
    if (threads !== null || shard !== null) throw new BadInput('--threads and --shard need --seeds.');
    return { command: 'run', ...run };
  }
  if (shard && shard.of > seeds)
    throw new BadInput(`--shard: ${seeds} seeds cannot be dealt out to ${shard.of} parts.`);
  return { command: 'sweep', ...run, seeds, threads, shard };
}

const OPTIONS = ['json', 'for', 'warmup', 'seed', 'drill', 'seeds', 'threads', 'shard'];

function split(args: readonly string[]): { values: Map<string, string>; files: string[] } {
  const values = new Map<string, string>();
  const files: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (!arg.startsWith('--')) {
      files.push(arg);
      continue;
    }
    const [name, joined] = arg.slice(2).split('=', 2);
    if (!OPTIONS.includes(name)) throw new BadInput(`There is no option --${name}; sim --help lists them.`);
    if (values.has(name)) throw new BadInput(`--${name} is given twice.`);
    if (name === 'json') values.set(name, '');
    else if (joined !== undefined) values.set(name, joined);
    else if (i + 1 < args.length) values.set(name, args[++i]);
    else throw new BadInput(`--${name} needs a value.`);
  }
  return { values, files };
}

function refuseOthers(command: string, values: ReadonlyMap<string, string>, known: readonly string[]): void {
  for (const name of values.keys())
    if (!known.includes(name)) throw new BadInput(`${command} has no option --${name}.`);
}
