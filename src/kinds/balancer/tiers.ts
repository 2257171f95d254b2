/** Envoy's priorities and panic: which tier a request goes to, and when health no longer counts. */
import type { Stream } from '../../engine/chance/random.ts';
import type { Peer } from './peer.ts';

/** A tier counts as whole as long as 1 ÷ this of it is healthy. */
const OVERPROVISIONING = 1.4;

/** How far a tier could carry all requests, in whole percent. */
function healthOf(share: number): number {
  return Math.min(100, Math.floor(OVERPROVISIONING * 100 * share + 1e-9));
}

/** Share of the requests that each tier gets, in percent, from its share of healthy peers. */
export function loadsOf(healthyShares: readonly number[]): number[] {
  const health = healthyShares.map(healthOf);
  const sum = Math.min(
    100,
    health.reduce((a, b) => a + b, 0),
  );
  if (sum === 0) return healthyShares.map((_, tier) => (tier === 0 ? 100 : 0));
  let given = 0;
  return health.map((h, tier) => {
    const load =
      tier === health.length - 1 ? 100 - given : Math.min(100 - given, Math.floor((h * 100) / sum));
    given += load;
    return load;
  });
}

export function healthyShares(
  list: readonly Peer[],
  lastTier: number,
  isHealthy: (peer: Peer) => boolean,
): number[] {
  const shares: number[] = [];
  for (let tier = 0; tier <= lastTier; tier++) {
    const peers = list.filter((peer) => peer.tier === tier);
    shares.push(peers.length === 0 ? 0 : peers.filter(isHealthy).length / peers.length);
  }
  return shares;
}

/** A tier at random by their loads. */
export function tierFor(
  list: readonly Peer[],
  lastTier: number,
  isHealthy: (peer: Peer) => boolean,
  stream: Stream,
): number {
  const loads = loadsOf(healthyShares(list, lastTier, isHealthy));
  let x = stream.uniform() * 100;
  for (let tier = 0; tier < loads.length; tier++) {
    x -= loads[tier];
    if (x < 0) return tier;
  }
  return 0;
}

/** Fewer than `panicShare` of a tier healthy, and all tiers together not enough either. */
export function isPanic(
  list: readonly Peer[],
  lastTier: number,
  isHealthy: (peer: Peer) => boolean,
  tier: number,
  panicShare: number,
): boolean {
  const shares = healthyShares(list, lastTier, isHealthy);
  const total = shares.reduce((sum, share) => sum + healthOf(share), 0);
  return shares[tier] < panicShare && total < 100;
}
