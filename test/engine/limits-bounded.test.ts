// Limits (rule 31) at their edge, and those that no design gets to because parameters and parts are bounded before.
import { describe, expect, it } from 'vitest';
import { NONE, READ } from '../../src/engine/calls/calls.ts';
import { HOP_RECORDS, MAX_ATTEMPTS, MAX_CACHES, UNIT_BITS } from '../../src/engine/limits.ts';
import { spec as serviceSpec } from '../../src/kinds/service/spec.ts';
import { spec as shardedSpec } from '../../src/kinds/sharded-database/spec.ts';
import { LINK_PARAMS } from '../../src/kinds/link.ts';
import { PLACE_BITS } from '../../src/kinds/service/plan-server.ts';
import { toNs } from '../../src/engine/time.ts';
import { HIGHEST_RESOLVED } from '../../src/engine/records/histogram.ts';
import { MAX_LINKS } from '../../src/model/document.ts';
import { assemble, type Running } from '../../src/session/assemble.ts';
import { BufferPool } from '../../src/session/buffers.ts';
import { FrameWriter, MAX_HOPS_A_FRAME } from '../../src/session/frames.ts';
import { HOP_FIELDS } from '../../src/session/protocol.ts';
import { askedAt, constant } from '../kinds/asked.ts';
import { DIRECT, sketch } from '../kinds/sketch.ts';

const UNITS = 2 ** UNIT_BITS;
const saidOf = (running: Running) =>
  running.system.core.journal.take(0).filter(({ topic }) => topic === 'limit');
const one = () => assemble(sketch({ c: askedAt([1]), s: constant(1) }, { 'c > s': DIRECT }), 1e6);

describe('units of a station', () => {
  it.each([
    [UNITS, UNITS, 0],
    [UNITS + 1, UNITS, 1],
    [UNITS + 44, UNITS, 1],
  ])('of %i that are wanted there are %i, and the log has %i lines about it', (wanted, there, lines) => {
    const running = one();
    const station = running.stations.get('s')!;
    station.fleet.resize(wanted, false);
    expect(station.units).toHaveLength(there);
    const said = saidOf(running);
    expect(said).toHaveLength(lines);
    if (lines > 0) expect(said[0].text).toContain(`cannot have ${wanted - there} more: it has ${there}`);
  });

  it('of a kind without servers are not bounded: as many vantages as there are regions', () => {
    const running = assemble(sketch({ r: ['router', {}] }, {}), 1e6);
    running.stations.get('r')!.fleet.resize(UNITS + 1, false);
    expect(running.stations.get('r')!.units).toHaveLength(UNITS + 1);
    expect(saidOf(running)).toEqual([]);
  });

  it('are as many as parameters ask for', () => {
    expect(maxOf(serviceSpec.params.instances)).toBeLessThan(UNITS);
    expect(maxOf(serviceSpec.params.maxInstances)).toBeLessThan(UNITS);
    expect(maxOf(shardedSpec.params.shards)).toBe(UNITS);
  });
});

describe('latencies that are told apart', () => {
  const WORK_MS = 60_000;
  const fitting = Math.floor(HIGHEST_RESOLVED / WORK_MS);

  it.each([
    [fitting, 0],
    [fitting + 1, 1],
  ])(
    'end at 12.4 days: of %i requests in line for a minute each, the log has %i lines about it',
    (n, lines) => {
      const together = askedAt(Array.from({ length: n }, () => 1));
      const service = constant(WORK_MS, { workers: 1, queueLimit: n });
      const running = assemble(sketch({ c: together, s: service }, { 'c > s': DIRECT }), 1e7);
      for (let ms = 1e7; ms <= (n + 1) * WORK_MS + 1e7; ms += 1e7) {
        running.system.run(toNs(ms), Infinity);
        running.system.takeWindows();
      }
      expect(running.stations.get('c')!.meter.ok).toBe(n);
      expect(saidOf(running)).toHaveLength(lines);
    },
  );
});

describe('moves in one frame', () => {
  it.each([
    [MAX_HOPS_A_FRAME, 0],
    [MAX_HOPS_A_FRAME + 1, 1],
    [HOP_RECORDS + 5, 1],
  ])('of %i the newest 3,000 are shown, and the log has %i lines about it', (moves, lines) => {
    const running = one();
    const { recorder } = running.system.core;
    const link = [...running.links.values()][0];
    const writer = new FrameWriter(running.system, new BufferPool());
    const rows = {
      layout: { version: 1, nodes: [], links: [], failures: [] },
      stations: [],
      links: [],
      linkRow: new Int32Array(link.index + 1),
    };
    const pace = { playing: true, speedAsked: 1, speedReached: 1, drill: null, verdicts: [] };
    const frame = () => {
      const { hops, log } = writer.write(rows, pace);
      const requests = Array.from(hops).filter((_, i) => i % HOP_FIELDS.length === 1);
      return { requests, lines: log.filter(({ topic }) => topic === 'limit').length };
    };
    const move = (request: number) => recorder.hop(link.index, request, 0, 0, 0, 0);
    for (let i = 0; i < moves; i++) move(i);
    const first = frame();
    expect(first.requests).toHaveLength(MAX_HOPS_A_FRAME);
    expect([first.requests[0], first.requests.at(-1)]).toEqual([moves - MAX_HOPS_A_FRAME, moves - 1]);
    expect(first.lines).toBe(lines);
    // Said once for a run.
    for (let i = 0; i < moves; i++) move(i);
    expect(frame().lines).toBe(0);
  });

  it('fit into what is recorded', () => {
    expect(MAX_HOPS_A_FRAME).toBeLessThanOrEqual(HOP_RECORDS);
  });
});

describe('what one row of a call holds', () => {
  it('the 255th attempt is told apart; a link makes fifty at most, were each hedged', () => {
    const { calls } = one().system.core;
    const c = calls.take(0, NONE, READ, MAX_ATTEMPTS, 7);
    expect([calls.attempt(c), calls.callerUnit(c)]).toEqual([MAX_ATTEMPTS, 7]);
    const most = maxOf(LINK_PARAMS.attempts) * maxOf(LINK_PARAMS.hedgeMost);
    expect(most).toBe(50);
    expect(most).toBeLessThanOrEqual(MAX_ATTEMPTS);
  });

  it('has room for every step of the longest plan, and for the misses of all caches', () => {
    // A dependency is a call, a cache before it a look and a fill: two steps a link at most, and the place after the last.
    expect(2 * MAX_LINKS + 1).toBeLessThanOrEqual(2 ** PLACE_BITS);
    expect(PLACE_BITS + MAX_CACHES).toBeLessThan(32);
  });
});

function maxOf(param: object): number {
  return (param as { readonly max: number }).max;
}
