/** Headless runs: the same engine as in the page, from the command line. */
import { readFileSync } from 'node:fs';
import { KINDS, VOCABULARY } from '../kinds/catalog.ts';
import type { Design } from '../model/document.ts';
import type { Problem } from '../model/problems.ts';
import { paramsSchema } from '../model/schema.ts';
import { parseDesignText } from '../model/text.ts';
import { decodeLink } from '../model/url.ts';
import { runHeadless } from '../session/headless.ts';
import { BadArguments, parseArguments, type RunCommand, USAGE } from './arguments.ts';
import { printed, report } from './report.ts';

const BAD_INPUT = 2;
const EXPECTATION_FAILED = 1;

try {
  const command = parseArguments(process.argv.slice(2));
  if (command.command === 'help') console.log(USAGE);
  else if (command.command === 'kinds') printKinds(command.json);
  else await run(command);
} catch (problem) {
  if (!(problem instanceof BadArguments)) throw problem;
  console.error(problem.message);
  process.exitCode = BAD_INPUT;
}

async function run(command: RunCommand): Promise<void> {
  const read = await readDesign(command.file);
  const design = command.seed === null ? read : { ...read, seed: command.seed };
  const drill =
    command.drill === null ? undefined : design.drills.find((d) => [d.id, d.name].includes(command.drill!));
  if (command.drill !== null && !drill) {
    const known = design.drills.map((d) => `"${d.name}"`).join(', ') || 'none';
    throw new BadArguments(`The design has no drill "${command.drill}"; it has ${known}.`);
  }
  const start = performance.now();
  const done = runHeadless(design, { forMs: command.forMs, warmupMs: command.warmupMs, drill });
  const result = report(done, performance.now() - start, design.seed);
  console.log(command.json ? JSON.stringify(result, null, 2) : printed(result));
  if (result.expectations.some((e) => !e.passed)) process.exitCode = EXPECTATION_FAILED;
}

/** A design from a file that holds its JSON or the text of a shared link. Problems go to standard error. */
async function readDesign(file: string): Promise<Design> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new BadArguments(`${file} cannot be read.`);
  }
  if (/^\s*\{/.test(text)) {
    const { design, problems } = parseDesignText(text, VOCABULARY);
    tell(problems);
    if (design && !problems.some((p) => p.severity === 'error')) return design;
    throw new BadArguments(`${file} holds no design that can be run as it is.`);
  }
  const decoded = await decodeLink(text, VOCABULARY);
  if (!decoded.ok) throw new BadArguments(`${file}: ${decoded.reason}`);
  tell(decoded.problems);
  return decoded.design;
}

function tell(problems: readonly Problem[]): void {
  for (const { path, message } of problems) console.error(`${path}: ${message}`);
}

function printKinds(json: boolean): void {
  const kinds = Object.values(KINDS).map(({ spec }) => spec);
  if (!json) {
    for (const spec of kinds) console.log(`${spec.kind.padEnd(18)}${spec.summary}`);
    return;
  }
  const described = kinds.map(({ kind, label, category, summary, params }) => ({
    kind,
    label,
    category,
    summary,
    schema: paramsSchema(params),
  }));
  console.log(JSON.stringify({ kinds: described, link: paramsSchema(VOCABULARY.link) }, null, 2));
}
