// What `npm test` runs, in order. A gate is either a command, judged by its exit code, or a test runner that also
// leaves a JSON report from which its tests are counted.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { wantFirefox } from './firefox.mjs';
import { root } from './install.mjs';

const bin = (...path) => join(root, 'node_modules', ...path);
const own = (name) => join(root, '.config', name);
const report = (name) => join(root, 'node_modules/.cache/loadbearing', `${name}-report.json`);

const vitest = (...projects) => ({
  script: bin('vitest/vitest.mjs'),
  args: [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report('vitest')}`,
  ],
  report: report('vitest'),
  count: ({ numPassedTests, numFailedTests }) => ({ passed: numPassedTests, failed: numFailedTests }),
});

/**
 * `script` is run by this Node with `args`. `prepare` runs before it. Gates that are single keep one core busy and need
 * nothing of the others: they come first and run side by side.
 */
export const gates = [
  {
    name: 'types',
    title: 'Type check',
    isSingle: true,
    script: bin('typescript-7/bin/tsc'),
    args: ['--noEmit', '-p', '.'],
  },
  {
    name: 'lint',
    title: 'ESLint',
    isSingle: true,
    script: bin('eslint/bin/eslint.js'),
    args: ['--config', own('eslint.config.js'), '--max-warnings', '0', '.'],
  },
  {
    name: 'format',
    title: 'Prettier',
    isSingle: true,
    script: bin('prettier/bin/prettier.cjs'),
    args: ['--check', '.'],
  },
  { name: 'boundaries', title: 'Layer boundaries', isSingle: true, script: own('boundaries.mjs') },
  {
    name: 'unused',
    title: 'Unused code',
    isSingle: true,
    script: bin('knip/bin/knip.js'),
    args: ['--config', own('knip.json')],
  },
  { name: 'vitest', title: 'Unit and component tests', ...vitest('unit', 'component') },
  { name: 'unit', title: 'Unit tests', ...vitest('unit'), onlyWhenAsked: true },
  { name: 'component', title: 'Component tests', ...vitest('component'), onlyWhenAsked: true },
  {
    name: 'build',
    title: 'Production build',
    // A failed build must not leave the last one behind for the gates after it.
    prepare: () => rmSync(join(root, 'dist'), { recursive: true, force: true }),
    script: bin('vite/bin/vite.js'),
    args: ['build', '--logLevel', 'warn'],
  },
  { name: 'size', title: 'Size before the first picture', script: own('size.mjs'), needsBuild: true },
  {
    name: 'e2e',
    title: 'End-to-end tests',
    needsBuild: true,
    prepare: ensureChromium,
    script: bin('@playwright/test/cli.js'),
    args: ['test', '--config', own('playwright.config.ts'), '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report('playwright') },
    report: report('playwright'),
    count: ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }),
  },
  {
    name: 'browsers',
    title: 'Same digests in every browser',
    needsBuild: true,
    prepare: () => {
      ensureChromium();
      wantFirefox();
    },
    ...vitest('browsers'),
  },
];
