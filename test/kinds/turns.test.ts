// Round robin takes turns without counting while all peers are well. It must choose as nginx does, which counts always.
import { describe, expect, it } from 'vitest';
import { Ask, Peer } from '../../src/kinds/balancer/peer.ts';
import { Upstream } from '../../src/kinds/balancer/upstream.ts';
import { createStream } from '../../src/engine/chance/random.ts';
import type { Link } from '../../src/engine/link/link.ts';

const RULES = {
  maxFails: 1,
  failTimeoutNs: 1e9,
  maxPerPeer: 0,
  slowStart: { lengthNs: 0, rule: 'nginx' as const, aggression: 1 },
  allDown: 'fail',
  panicShare: 0,
  spill: 'backup',
};

/** The rule as the page has it, on plain numbers. */
class Counting {
  readonly current: number[];
  constructor(readonly weights: number[]) {
    this.current = weights.map(() => 0);
  }
  pick(isEligible: (i: number) => boolean): number {
    let [best, total] = [-1, 0];
    this.weights.forEach((weight, i) => {
      if (!isEligible(i)) return;
      this.current[i] += weight;
      total += weight;
      if (best < 0 || this.current[i] > this.current[best]) best = i;
    });
    if (best >= 0) this.current[best] -= total;
    return best;
  }
}

function upstreamOf(weights: readonly number[]) {
  const health = { changes: 0 };
  const peers = weights.map((weight, i) => {
    const peer = new Peer({ index: i } as Link, i, i, health);
    peer.weight = peer.effective = weight;
    return peer;
  });
  const upstream = new Upstream({
    stream: createStream(1, 'lb', 'choices'),
    rules: RULES,
    health,
    isHealthy: (peer) => peer.up && peer.fails === 0 && peer.ejectedAt === Infinity,
    hasRoom: () => true,
    weightOf: (peer) => peer.weight,
    regard: () => undefined,
  });
  upstream.take(peers);
  return { peers, upstream };
}

describe('round robin', () => {
  it.each([1, 2, 3, 7])('of %d equal peers goes round in order', (count) => {
    const { peers, upstream } = upstreamOf(Array.from({ length: count }, () => 2));
    const picked = Array.from({ length: 4 * count }, () => peers.indexOf(upstream.pick(new Ask())!));
    expect(picked).toEqual(picked.map((_, i) => i % count));
  });

  it.each(Array.from({ length: 20 }, (_, i) => i + 1))(
    'chooses and holds what nginx would through 2,000 picks, faults, tries and changes of the list (seed %d)',
    (seed) => {
      const chance = createStream(seed, 'test', 'turns');
      const weights = Array.from({ length: 2 + chance.below(5) }, () =>
        seed % 3 === 0 ? 1 + chance.below(4) : 3,
      );
      const { peers, upstream } = upstreamOf(weights);
      const counting = new Counting(weights);
      let list = [...peers.keys()];
      for (let step = 0; step < 2_000; step++) {
        const one = peers[chance.below(peers.length)];
        const event = chance.below(60);
        if (event === 0) one.up = !one.up;
        else if (event === 1) one.fails = one.fails > 0 ? 0 : 1;
        else if (event === 2) one.ejectedAt = one.ejectedAt === Infinity ? step : Infinity;
        else if (event === 3) {
          upstream.rotation.settle();
          list = [...peers.keys()].filter(() => chance.below(5) > 0);
          upstream.take(list.map((i) => peers[i]));
        } else if (event < 10)
          for (const peer of peers) [peer.up, peer.fails, peer.ejectedAt] = [true, 0, Infinity];
        const ask = new Ask();
        ask.tried = event === 11 ? [one] : [];
        const isEligible = (i: number) =>
          list.includes(i) &&
          peers[i].up &&
          peers[i].fails === 0 &&
          peers[i].ejectedAt === Infinity &&
          (list.length === 1 || !ask.tried.includes(peers[i]));
        const chosen = upstream.pick(ask);
        expect([step, chosen === null ? -1 : peers.indexOf(chosen)]).toEqual([
          step,
          counting.pick(isEligible),
        ]);
        if (step % 50 === 0) {
          const shown = list.map((i) => upstream.rotation.wordsOf(peers[i]));
          const current = (i: number) => String(counting.current[i]).replace('-', '−');
          expect(shown).toEqual(list.map((i) => `current ${current(i)}, weight ${weights[i]}`));
        }
      }
    },
  );
});
