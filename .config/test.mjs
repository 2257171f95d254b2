// `npm test`: every gate in order, also after one has failed. `npm test -- lint unit` runs only the gates named.
// The last line is `N passed, N failed`: one for each gate, and for a test runner one for each of its tests.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { gates } from './gates.mjs';
import { installPackages, requireNode, root } from './install.mjs';
import { isBuildStale } from './newest.mjs';

requireNode();
installPackages();

const chosen = choose(process.argv.slice(2));
const outcomes = chosen.map(run);
const sum = (part) => outcomes.reduce((total, outcome) => total + outcome[part], 0);

console.log('\n── Summary');
for (const { title, passed, failed, seconds } of outcomes) {
  const counted = passed + failed === 1 ? '' : `  ${passed} passed, ${failed} failed`;
  console.log(`${failed ? '✗' : '✓'} ${title.padEnd(32)}${seconds.padStart(7)} s${counted}`);
}
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') > 0 ? 1 : 0;

/** The gates asked for by name, or all of them; a gate that needs the build brings it along when it is stale. */
function choose(asked) {
  const unknown = asked.filter((name) => !gates.some((gate) => gate.name === name));
  if (unknown.length > 0) {
    console.error(
      `No gate is called ${unknown.join(', ')}; there are ${gates.map((g) => g.name).join(', ')}.`,
    );
    process.exit(2);
  }
  if (asked.length === 0) return gates.filter((gate) => !gate.onlyWhenAsked);
  const wanted = gates.filter((gate) => asked.includes(gate.name));
  const build = wanted.some((gate) => gate.needsBuild) && !asked.includes('build') && isBuildStale();
  return gates.filter((gate) => wanted.includes(gate) || (build && gate.name === 'build'));
}

function run(gate) {
  console.log(`\n── ${gate.title}`);
  const begun = performance.now();
  gate.prepare?.();
  if (gate.report) {
    mkdirSync(dirname(gate.report), { recursive: true });
    rmSync(gate.report, { force: true });
  }
  const { status } = spawnSync(process.execPath, [gate.script, ...(gate.args ?? [])], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...gate.env },
  });
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const counts = tally(gate, status === 0);
  console.log(`   ${gate.title}: ${counts.failed ? 'failed' : 'passed'} in ${seconds} s`);
  return { title: gate.title, seconds, ...counts };
}

/** A runner that fails without a failing test (no test found, a file that does not load) still counts as failed. */
function tally(gate, succeeded) {
  let counts = { passed: 0, failed: 0 };
  if (gate.report) {
    try {
      counts = gate.count(JSON.parse(readFileSync(gate.report, 'utf8')));
    } catch {
      console.error(`   ${gate.title} left no report.`);
      succeeded = false;
    }
  }
  if (succeeded) return { ...counts, passed: counts.passed + 1 };
  return { ...counts, failed: counts.failed + 1 };
}
