/** From the parameters of a balancer to its algorithm. */
import type { Algorithm } from './algorithm.ts';
import { LeastRequest, TwoChoices, WeightedRandom } from './chance.ts';
import { First, LeastConnections, LeastConnectionsByKey } from './fewest.ts';
import { hashKeyOf } from './hashkey.ts';
import { IpHash, ModuloHash } from './hashing.ts';
import { LeastTime, PeakEwma } from './latency.ts';
import { Maglev } from './maglev.ts';
import { RingHash } from './ring.ts';
import { DueRotation, type SmoothRotation } from './rotation.ts';
import type { BalancerParams } from './spec.ts';

/**
 * `weighted`: the peers' weights differ; where they do Envoy's least request takes turns by load. `replica`: its number;
 * those of Envoy beyond the first begin their turns anywhere.
 */
export function createAlgorithm(
  params: BalancerParams,
  rotation: SmoothRotation,
  weighted: boolean,
  replica: number,
): Algorithm {
  const { variant, boundShare, choices, loadBias } = params;
  const key = hashKeyOf(params);
  switch (params.algorithm) {
    case 'leastConnections':
      return variant === 'haproxy' ? new LeastConnectionsByKey() : new LeastConnections(rotation);
    case 'twoChoices':
      if (variant === 'envoy')
        return weighted ? new DueRotation(loadBias, replica > 0) : new LeastRequest(choices, loadBias);
      return new TwoChoices(rotation, choices, variant === 'haproxy');
    case 'ipHash':
      return new IpHash(rotation);
    case 'weightedRandom':
      return new WeightedRandom(rotation);
    case 'leastTime':
      return new LeastTime(rotation);
    case 'peakEwma':
      return new PeakEwma();
    case 'hash':
      return new ModuloHash(rotation, key);
    case 'ringHash':
      return new RingHash(rotation, key, variant, boundShare);
    case 'maglev':
      return new Maglev(rotation, key, variant, boundShare);
    case 'first':
      return new First();
    default:
      return variant === 'envoy' ? new DueRotation(0, replica > 0) : rotation;
  }
}
