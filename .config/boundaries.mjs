// Checks the arrows between the layers, and that the checker really read every source: with an unsuitable TypeScript
// dependency-cruiser reads none and is content.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import rules from './dependency-cruiser.mjs';
import { root } from './install.mjs';

process.chdir(root);
const { options, ...ruleSet } = rules;
const { output } = await cruise(
  ['src'],
  { ...options, ruleSet, validate: true },
  {},
  { tsConfig: extractTSConfig(join(root, 'tsconfig.json')) },
);

for (const { rule, from, to, cycle } of output.summary.violations) {
  const path = cycle ? cycle.map((step) => step.name ?? step).join(' → ') : to;
  console.error(`${rule.name}: ${from}${path === from ? '' : ` → ${path}`}`);
}

const sources = readdirSync('src', { recursive: true }).filter((name) => /\.tsx?$/.test(name));
const read = new Set(output.modules.map((module) => module.source));
const missed = sources.map((name) => `src/${name.replaceAll('\\', '/')}`).filter((name) => !read.has(name));
for (const name of missed) console.error(`not checked: ${name}`);

console.log(`${sources.length} sources, ${output.summary.totalDependenciesCruised} imports checked`);
const allRead = sources.length > 0 && output.summary.totalCruised > 0 && missed.length === 0;
process.exitCode = allRead && output.summary.violations.length === 0 ? 0 : 1;
