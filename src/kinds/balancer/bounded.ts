/** Consistent hashing with bounded loads: how many requests each peer may have open. It must not know rings or tables. */
import type { Peer } from './peer.ts';

/**
 * HAProxy: ⌈(open + 1) · factor⌉ slots in all, shared out by weight with the remainder carried from peer to peer, one at
 * least for each. `factor` is above 1.
 */
export function slotsByWeight(weights: readonly number[], open: number, factor: number): number[] {
  const total = Math.ceil((open + 1) * factor - 1e-9);
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

/** Whether each peer may take one more, by place in the list. `factor` 0: no bound. */
export function haveRoom(list: readonly Peer[], factor: number): readonly boolean[] | null {
  if (factor === 0) return null;
  let open = 0;
  for (const peer of list) open += peer.conns;
  const slots = slotsByWeight(
    list.map((peer) => peer.weight),
    open,
    factor,
  );
  return list.map((peer, i) => peer.conns < slots[i]);
}
