// A hash of the path: requests for the same path meet the same peer; those that say none take turns.
import { describe, expect, it } from 'vitest';
import type { ParamOverrides } from '../../src/model/params.ts';
import { assemble } from '../../src/session/assemble.ts';
import { constant } from './asked.ts';
import { arrived, INSTANT, until } from './behind.ts';
import { DIRECT, sketch, type Sketched } from './sketch.ts';

const PLAIN = { overheadMs: 0, passive: false, active: false, tryNext: 'never', hashKey: 'path' };

/** Requests at each of three instances after 10 s, of clients that ask for these paths so often a second. */
function requests(rates: Readonly<Record<string, number>>, balancer: ParamOverrides): number[] {
  const nodes: Record<string, Sketched> = {
    lb: ['balancer', { ...PLAIN, ...balancer }],
    s: constant(0, { ...INSTANT, instances: 3 }),
  };
  const links: Record<string, ParamOverrides> = { 'lb > s': DIRECT };
  for (const [path, rateRps] of Object.entries(rates)) {
    nodes[path] = ['client', { load: 'constant', rateRps, path, header: 'a' }];
    links[`${path} > lb`] = DIRECT;
  }
  const running = assemble(sketch(nodes, links), 1e6);
  until(running, 10_000.5);
  return arrived(running, 's');
}

describe('hash of the path', () => {
  it('modulo: of three peers /a has the second, /b the third, /c the second, /d the first', () => {
    // CRC-32 of "/a" … "/d", its upper 15 bits: 26992, 28793, 1918, 6426; modulo 3: 1, 2, 1, 0.
    expect(requests({ a: 40, b: 20, c: 10, d: 5 }, { algorithm: 'hash' })).toEqual([50, 500, 200]);
  });

  it.each(['hash', 'ringHash', 'maglev'])(
    'by %s one path has one peer, and who says none has all in turn',
    (algorithm) => {
      for (const path of ['a', 'b', 'c', 'd']) {
        const counts = requests({ [path]: 30 }, { algorithm });
        expect(counts.sort((x, y) => x - y)).toEqual([0, 0, 300]);
      }
      expect(requests({ any: 30 }, { algorithm })).toEqual([100, 100, 100]);
    },
  );

  it.each(['path', 'key', 'header'])('layer 4 does not see the %s: its connections take turns', (hashKey) => {
    const balancer = { algorithm: 'hash', layer: 'l4', hashKey, connections: 1_000, maxAgeMs: 1 };
    expect(requests({ a: 30 }, balancer)).toEqual([100, 100, 100]);
  });
});
