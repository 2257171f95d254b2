// Sweeps as a person or a job array meets them: the whole program, on several threads and in parts.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { serialize } from '../../src/model/canonical.ts';
import type { Design } from '../../src/model/document.ts';
import { expecting, singleServer } from './designs.ts';

const folder = mkdtempSync(join(tmpdir(), 'loadbearing-'));
const sim = (...args: string[]) =>
  spawnSync(process.execPath, ['.config/sim.mjs', 'src/cli/main.ts', ...args], { encoding: 'utf8' });

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const designFile = (name: string, design: Design) => written(name, serialize(design));
const calm = designFile('calm.json', singleServer(400, 1));
const failing = designFile('failing.json', singleServer(400, 1, [expecting(0.001)]));
const sweepOf = (file: string, ...more: string[]) => sim('run', file, '--for', '1s', '--seeds', '5', ...more);

describe('sim run --seeds', () => {
  beforeAll(() => {
    execFileSync(process.execPath, ['.config/sim.mjs', 'src/cli/main.ts', 'help']);
  }, 60_000);

  it('prints the same on one, two and four threads', () => {
    const one = sweepOf(calm, '--json', '--threads', '1');
    expect(one.status).toBe(0);
    expect(one.stderr).toBe('');
    for (const threads of ['2', '4'])
      expect(sweepOf(calm, '--json', '--threads', threads).stdout).toBe(one.stdout);
  });

  it('runs the seeds from --seed on, each as sim run runs it', () => {
    const { runs, clients } = JSON.parse(sweepOf(calm, '--seed', '100', '--json').stdout);
    expect(runs.map((run: { seed: number }) => run.seed)).toEqual([100, 101, 102, 103, 104]);
    const alone = JSON.parse(sim('run', calm, '--for', '1s', '--seed', '103', '--json').stdout);
    expect(runs[3].digest).toBe(alone.digest);
    expect(Object.keys(clients[0].metrics)).toEqual(
      'inRps okRps failedRps failedShare meanMs p50Ms p90Ms p95Ms p99Ms p999Ms staleShare'.split(' '),
    );
    expect(Object.keys(clients[0].latencyMs)).toEqual('mean p50 p90 p95 p99 p999 max n'.split(' '));
  });

  it('prints a table with ± columns and the digests for people', () => {
    const { stdout, status } = sweepOf(calm);
    expect(status).toBe(0);
    expect(stdout).toMatch(/in\/s +± +ok\/s +± +failed % +± +mean ms +± /);
    expect(stdout).toMatch(/callers → server +\d/);
    expect(stdout).toMatch(/seed 11 {2}[0-9a-f]{16}/);
  });

  it('in parts, merged, prints what it prints in one piece, also for people', () => {
    const files = [1, 2, 3].map((part) => {
      const { stdout, status } = sweepOf(calm, '--shard', `${part}/3`, '--threads', String(part));
      expect(status).toBe(0);
      return written(`part-${part}.json`, stdout);
    });
    expect(sim('merge', ...files, '--json').stdout).toBe(sweepOf(calm, '--json').stdout);
    expect(sim('merge', ...files).stdout).toBe(sweepOf(calm).stdout);
  });

  it('ends with 1 when an expectation fails with any seed; a shard leaves that to its merge', () => {
    const drill = ['--drill', 'Fast'];
    const swept = sweepOf(failing, ...drill);
    expect(swept.stdout).toContain('FAIL  0 of 5 seeds: n2 p50Ms below 0.001');
    expect(swept.status).toBe(1);
    const shard = sweepOf(failing, ...drill, '--shard', '1/1');
    expect(shard.status).toBe(0);
    expect(sim('merge', written('failed.json', shard.stdout)).status).toBe(1);
  });

  it('ends with 2 and one sentence for what cannot be', () => {
    for (const args of [
      ['run', calm, '--seeds', '0'],
      ['run', calm, '--seeds', '2', '--shard', '0/2'],
      ['run', calm, '--seeds', '2', '--shard', '1/3'],
      ['run', calm, '--shard', '1/3'],
      ['run', calm, '--seeds', '2', '--seed', '4294967295'],
      ['run', calm, '--for', '5s', '--warmup', '5s'],
      ['merge'],
      ['merge', join(folder, 'none.json')],
      ['merge', calm],
      ['run', '/dev/null', '--seeds', '2'],
    ]) {
      const { status, stderr, stdout } = sim(...args);
      expect(status).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^[^\n]+\.\n$/);
    }
  });

  it('names the first seed with which time stands still, on any number of threads', () => {
    const design = singleServer(1, 0);
    const [client, server] = design.nodes;
    const users = { ...client, params: { load: 'users', users: 1, thinkMs: 0 } };
    const constant = { ...server, params: { ...server.params, distribution: 'constant' } };
    const file = designFile('endless.json', { ...design, nodes: [users, constant] });
    for (const threads of ['1', '2']) {
      const { status, stderr } = sim('run', file, '--seeds', '3', '--threads', threads);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^With seed 7: callers starts something again and again at 0 ms/);
    }
  });
});
