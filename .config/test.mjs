// `npm test`: every gate in order, also after one has failed. `npm test -- lint unit` runs only the gates named.
// The last line is `N passed, N failed`: one for each gate, and for a test runner one for each of its tests.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { gates } from './gates.mjs';
import { installPackages, requireNode, root } from './install.mjs';
import { isBuildStale } from './newest.mjs';

requireNode();
installPackages();

const chosen = choose(process.argv.slice(2));
const outcomes = await runSideBySide(chosen.filter((gate) => gate.isSingle));
for (const gate of chosen.filter((each) => !each.isSingle)) {
  console.log(`\n── ${gate.title}`);
  outcomes.push(outcomeOf(gate, await carryOut(gate, 'inherit')));
}
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

/** Gates that keep one core busy, on as many as there are; what each says is told in order, when those before it have. */
async function runSideBySide(gates) {
  const lanes = Array.from({ length: availableParallelism() }, () => Promise.resolve());
  const runs = gates.map((gate, i) => {
    const lane = i % lanes.length;
    return (lanes[lane] = lanes[lane].then(() => carryOut(gate, 'pipe')));
  });
  const outcomes = [];
  for (const [i, gate] of gates.entries()) {
    const result = await runs[i];
    console.log(`\n── ${gate.title}`);
    process.stdout.write(result.said);
    outcomes.push(outcomeOf(gate, result));
  }
  return outcomes;
}

/** `output` is where the gate speaks: 'inherit' for here and now, 'pipe' to keep what it says. */
function carryOut(gate, output) {
  const begun = performance.now();
  gate.prepare?.();
  if (gate.report) {
    mkdirSync(dirname(gate.report), { recursive: true });
    rmSync(gate.report, { force: true });
  }
  const child = spawn(process.execPath, [gate.script, ...(gate.args ?? [])], {
    cwd: root,
    stdio: ['ignore', output, output],
    env: { ...process.env, ...gate.env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (part) => (said += part));
  return new Promise((resolve) => {
    const end = (succeeded) =>
      resolve({ said, seconds: ((performance.now() - begun) / 1000).toFixed(1), succeeded });
    child.on('error', (problem) => {
      said += `${problem.message}\n`;
      end(false);
    });
    child.on('close', (status) => end(status === 0));
  });
}

function outcomeOf(gate, { seconds, succeeded }) {
  const counts = tally(gate, succeeded);
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
