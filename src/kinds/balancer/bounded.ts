/** Consistent hashing with bounded loads: how many requests each peer may have open, and who takes what is over. */
import { hash32 } from '../../engine/chance/random.ts';
import type { Choices } from './algorithm.ts';
import type { Ask, Peer } from './peer.ts';

/**
 * HAProxy: ⌈(open + 1) · factor⌉ slots in all, shared out by weight with the remainder carried from peer to peer, one at
 * least for each. `factor` is above 1.
 */
export function slotsByWeight(weights: readonly number[], open: number, factor: number): number[] {
  const total = allSlots(open, factor);
  let sum = 0;
  for (const weight of weights) sum += weight;
  let carried = 0;
  return weights.map((weight) => {
    carried += total * weight;
    const slots = Math.floor(carried / sum);
    carried -= slots * sum;
    return Math.max(1, slots);
  });
}

/** A whole number that came out a little above by rounding is not rounded up once more. */
function allSlots(open: number, factor: number): number {
  return Math.ceil((open + 1) * factor - 1e-9);
}

function openAt(list: readonly Peer[]): number {
  let open = 0;
  for (const peer of list) open += peer.conns;
  return open;
}

/** HAProxy: whether each peer may take one more, by place in the list. `factor` 0: no bound. */
export function haveRoom(list: readonly Peer[], factor: number): readonly boolean[] | null {
  if (factor === 0) return null;
  const slots = slotsByWeight(
    list.map((peer) => peer.weight),
    openAt(list),
    factor,
  );
  return list.map((peer, i) => peer.conns < slots[i]);
}

/**
 * Envoy: open requests ÷ slots, and above 1 it is overloaded. All the slots are shared out by weight, each share rounded
 * up. `total`: of all peers.
 */
function overload({ conns, weight }: Peer, slots: number, total: number): number {
  return conns / Math.max(1, Math.ceil((slots * weight) / total - 1e-9));
}

/**
 * Envoy: the peer of the hash while it is not overloaded, else the first of the others that is not, in an order drawn from
 * the hash; when all are, the one that is least. Those that are not eligible are passed over.
 */
export function chooseBounded(peers: Choices, ask: Ask, own: Peer, hash: number, factor: number): Peer {
  const { list } = peers;
  const slots = allSlots(openAt(list), factor);
  let total = 0;
  for (const peer of list) total += peer.weight;
  const order = list.map((_, i) => i);
  let best = own;
  let least = overload(own, slots, total);
  for (let i = 0; least > 1 && i < list.length; i++) {
    const peer = list[drawn(order, i, hash)];
    if (!peers.isEligible(peer, ask)) continue;
    const load = overload(peer, slots, total);
    if (load >= least) continue;
    best = peer;
    least = load;
  }
  return best;
}

/** The next of an order that the hash alone decides (Fisher–Yates); what came before stands in front. */
function drawn(order: number[], i: number, hash: number): number {
  const j = i + (hash32(hash, i) % (order.length - i));
  [order[i], order[j]] = [order[j], order[i]];
  return order[i];
}
