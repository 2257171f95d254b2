/** The command line as data, or one sentence about what is wrong with it. */

export interface RunCommand {
  readonly command: 'run';
  readonly file: string;
  readonly forMs: number;
  readonly warmupMs: number;
  readonly seed: number | null;
  readonly drill: string | null;
  readonly json: boolean;
}

export type Command =
  RunCommand | { readonly command: 'kinds'; readonly json: boolean } | { readonly command: 'help' };

export const USAGE = `Usage:
  sim run FILE [--for 60s] [--warmup 10s] [--seed N] [--drill NAME] [--json]
      Runs a design file (or the text of a shared link in a file) and prints what was measured.
  sim kinds [--json]
      Prints the catalog of components, with --json each one's JSON Schema.
Exit code: 0 fine, 1 an expectation of the drill failed, 2 bad input.`;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000 };

/** The longest run: a day of simulated time. */
const MAX_MS = 86_400_000;

/** A bad command line; the message is for people. */
export class BadArguments extends Error {}

export function parseArguments(args: readonly string[]): Command {
  const [command, ...rest] = args;
  if (command === undefined || command === 'help' || command === '--help' || command === '-h')
    return { command: 'help' };
  const { values, files } = split(rest);
  if (command === 'kinds') {
    refuseUnknown(values, ['json']);
    return { command, json: values.has('json') };
  }
  if (command !== 'run') throw new BadArguments(`There is no command "${command}"; try run or kinds.`);
  refuseUnknown(values, ['json', 'for', 'warmup', 'seed', 'drill']);
  if (files.length !== 1) throw new BadArguments('run takes one FILE.');
  const seed = values.get('seed');
  return {
    command,
    file: files[0],
    forMs: duration('for', values.get('for') ?? '60s'),
    warmupMs: duration('warmup', values.get('warmup') ?? '0s'),
    seed: seed === undefined ? null : seedOf(seed),
    drill: values.get('drill') ?? null,
    json: values.has('json'),
  };
}

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
    if (name === 'json') values.set(name, '');
    else if (joined !== undefined) values.set(name, joined);
    else if (i + 1 < args.length) values.set(name, args[++i]);
    else throw new BadArguments(`--${name} needs a value.`);
  }
  return { values, files };
}

function refuseUnknown(values: ReadonlyMap<string, string>, known: readonly string[]): void {
  for (const name of values.keys())
    if (!known.includes(name)) throw new BadArguments(`There is no option --${name}.`);
}

function duration(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|min|h)$/.exec(text);
  const ms = match ? Number(match[1]) * UNITS[match[2]] : NaN;
  if (ms >= 0 && ms <= MAX_MS) return ms;
  throw new BadArguments(`--${option} takes a time up to a day such as 500ms, 60s or 5m, not "${text}".`);
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (Number.isInteger(seed) && seed >= 0 && seed <= 4_294_967_295) return seed;
  throw new BadArguments(`--seed takes a whole number from 0 to 4294967295, not "${text}".`);
}
