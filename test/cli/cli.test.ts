// The command line as a person or script meets it: what it prints, and how it ends.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.ts';
import { BadInput } from '../../src/cli/bad-input.ts';

const folder = mkdtempSync(join(tmpdir(), 'loadbearing-'));
const sim = (...args: string[]) =>
  spawnSync(process.execPath, ['.config/sim.mjs', 'src/cli/main.ts', ...args], { encoding: 'utf8' });

const EXAMPLE = 'public/examples/checkout.json';

describe('sim', () => {
  beforeAll(() => {
    execFileSync(process.execPath, ['.config/sim.mjs', 'src/cli/main.ts', 'help']);
  }, 60_000);

  it('run --json prints one JSON document and nothing else', () => {
    const { stdout, stderr, status } = sim('run', EXAMPLE, '--for', '2s', '--json');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const result = JSON.parse(stdout);
    expect(result.simulatedMs).toBe(2_000);
    expect(result.seed).toBe(42);
    expect(result.digest).toMatch(/^[0-9a-f]{16}$/);
    expect(Object.keys(result.clients[0].latencyMs)).toEqual([
      'mean',
      'p50',
      'p90',
      'p95',
      'p99',
      'p999',
      'max',
      'n',
    ]);
    const { started, ok, failed, inFlight } = result.clients[0];
    expect(started).toBe(ok + failed + inFlight);
  });

  it('run measures only after the warm-up, and calls under way stay in the books', () => {
    const result = JSON.parse(sim('run', EXAMPLE, '--for', '4s', '--warmup', '3s', '--json').stdout);
    const { started, ok, failed, inFlight } = result.clients[0];
    expect(started).toBe(ok + failed + inFlight);
    expect(started).toBeLessThan(2_500);
  });

  it('another seed is another run', () => {
    const digest = (seed: string) =>
      JSON.parse(sim('run', EXAMPLE, '--for', '1s', '--seed', seed, '--json').stdout).digest;
    expect(digest('1')).not.toBe(digest('2'));
  });

  it('ends with 1 when an expectation of the drill fails', () => {
    const design = {
      format: 'loadbearing/1',
      name: 'x',
      seed: 1,
      nodes: [
        { id: 'n1', kind: 'client', label: 'c', position: { x: 0, y: 0 }, params: { rateRps: 100 } },
        { id: 'n2', kind: 'database', label: 'd', position: { x: 0, y: 0 }, params: {} },
      ],
      links: [{ id: 'l1', from: 'n1', to: 'n2', params: {} }],
      drills: [
        {
          id: 'd1',
          name: 'No miracles',
          hypothesis: '',
          durationMs: 2_000,
          steps: [],
          expectations: [
            { subject: 'n2', measure: 'p50Ms', is: 'below', value: 0.001, fromMs: 0, toMs: 2_000 },
          ],
        },
      ],
    };
    const file = join(folder, 'drill.json');
    writeFileSync(file, JSON.stringify(design));
    const { status, stdout } = sim('run', file, '--drill', 'No miracles');
    expect(stdout).toContain('FAIL  n2 p50Ms below 0.001');
    expect(status).toBe(1);
  });

  it('ends with 2 and one sentence with a JSON path per problem for a bad design', () => {
    const file = join(folder, 'bad.json');
    writeFileSync(file, '{"format":"loadbearing/1","nodes":[{"id":"n1","kind":"unicorn"}]}');
    const { status, stderr, stdout } = sim('run', file);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^\$\.nodes\[0\]/);
  });

  it('ends with 2 for a missing file, an unknown drill and an unknown option, each in a sentence', () => {
    for (const args of [
      ['run', join(folder, 'none.json')],
      ['run', EXAMPLE, '--drill', 'none'],
      ['run', EXAMPLE, '--speed', '3'],
      ['fly'],
    ]) {
      const { status, stderr } = sim(...args);
      expect(status).toBe(2);
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(stderr).toMatch(/\.\n$/);
    }
  });

  it('lint prints each warning with its subject and fix, ends with 1 when there is one, and with 0 for notes alone', () => {
    const storm = sim('lint', 'public/examples/retry-storm.json', '--json');
    expect(storm.status).toBe(1);
    const { warnings, findings } = JSON.parse(storm.stdout);
    expect(warnings).toBe(4);
    expect(findings[0]).toMatchObject({ rule: 'retry-without-budget', subject: 'l1', severity: 'warning' });
    const shop = sim('lint', EXAMPLE);
    expect(shop.status).toBe(0);
    expect(shop.stdout).toMatch(/orders is a single point of failure.*0 warnings, 2 notes\n$/s);
  });

  it('kinds --json has a JSON Schema for every kind', () => {
    const { kinds, link } = JSON.parse(sim('kinds', '--json').stdout);
    expect(kinds.map((k: { kind: string }) => k.kind)).toContain('sharded-database');
    for (const kind of kinds) expect(kind.schema.properties).toBeDefined();
    expect(link.properties.attemptTimeoutMs.default).toBe(1000);
  });
});

describe('arguments', () => {
  it('understand times with units', () => {
    expect(parseArguments(['run', 'f', '--for', '5m', '--warmup=500ms'])).toMatchObject({
      forMs: 300_000,
      warmupMs: 500,
    });
  });

  it('ask for help anywhere', () => {
    for (const args of [[], ['help'], ['--help'], ['run', '--help'], ['run', 'f', '--seeds', '2', '-h']])
      expect(parseArguments(args)).toEqual({ command: 'help' });
  });

  it('refuse what they do not understand', () => {
    for (const [args, sentence] of [
      [['run'], 'run takes one FILE.'],
      [['run', 'f', '--for', '10'], '--for takes a time up to a day such as 500ms, 60s or 5m, not "10".'],
      [['run', 'f', '--seed', '-1'], '--seed takes a whole number from 0 to 4294967295, not "-1".'],
      [['run', 'f', '--for'], '--for needs a value.'],
      [['run', 'f', '--speed'], 'There is no option --speed; sim --help lists them.'],
      [['run', 'f', '--seeds', '2', '--seeds=3'], '--seeds is given twice.'],
      [['merge', 'f', '--seeds', '2'], 'merge has no option --seeds.'],
    ] as const) {
      expect(() => parseArguments(args)).toThrow(new BadInput(sentence));
    }
  });
});
