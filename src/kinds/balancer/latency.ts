/** Choices by how fast peers answered: least time as nginx, peak EWMA as Finagle. */
import { exp } from '../../engine/chance/elementary.ts';
import { NS_PER_MS } from '../../engine/time.ts';
import { Algorithm, type Choices } from './algorithm.ts';
import { twoDistinct } from './chance.ts';
import { type Ask, NEVER, type Peer } from './peer.ts';
import type { SmoothRotation } from './rotation.ts';

const BUCKET_MS = 20;
const MOST_MS = 5_000;

/** nginx: smoothed response time in steps of 20 ms × (open + 1) ÷ weight; ties take turns. Only good answers count. */
export class LeastTime extends Algorithm {
  override readonly learns = true;
  private readonly rotation: SmoothRotation;
  private mark = 0;

  constructor(rotation: SmoothRotation) {
    super();
    this.rotation = rotation;
  }

  choose(peers: Choices, ask: Ask): Peer | null {
    let best = Infinity;
    let tied = 0;
    let chosen: Peer | null = null;
    for (const peer of peers.list) {
      if (!peers.isEligible(peer, ask)) continue;
      const idle = peer.averagedAt === NEVER ? 0 : ask.now - peer.averagedAt;
      const time = bucketOf(faded(peer.averageMs, idle, peers.failTimeoutNs));
      const score = (time * (1 + peer.conns)) / peers.weightOf(peer, ask);
      if (score > best) continue;
      if (score < best) {
        best = score;
        tied = 0;
        this.mark++;
        chosen = peer;
      }
      tied++;
      peer.mark = this.mark;
    }
    return tied > 1 ? this.rotation.among(peers, ask, this.mark) : chosen;
  }

  override wordsOf({ averageMs, averagedAt }: Peer): string {
    return averagedAt === NEVER ? 'not measured' : `${averageMs} ms, counts as ${bucketOf(averageMs)}`;
  }

  override ended(peer: Peer, ok: boolean, tookNs: number, now: number): void {
    if (!ok) return;
    const ms = Math.floor(tookNs / NS_PER_MS);
    peer.averageMs = peer.averagedAt === NEVER ? ms : smoothed(peer.averageMs, ms);
    peer.averagedAt = now;
  }
}

/** A twentieth of the new value and the rest of the old, in whole ms. */
export function smoothed(average: number, ms: number): number {
  return Math.floor(0.5 + 0.05 * ms + 0.95 * average);
}

/** Up to the next step of 20 ms, 5 s at most. */
export function bucketOf(ms: number): number {
  return ms > MOST_MS ? MOST_MS : ms + BUCKET_MS - (ms % BUCKET_MS);
}

/** What is known of a peer that was idle counts half for each fail timeout that has gone by. */
function faded(ms: number, idleNs: number, failTimeoutNs: number): number {
  let left = ms;
  for (let idle = idleNs; idle > failTimeoutNs && left > 0; idle -= failTimeoutNs)
    left = Math.floor(left / 2);
  return left;
}

/** ns. */
const DECAY = 10_000 * NS_PER_MS;
/** Load of a peer that has requests open but has never answered: above that of any peer that has. */
const UNKNOWN = 1.4e14;

/** Finagle: the less loaded of two, load = smoothed peak of response times × (open + 1). */
export class PeakEwma extends Algorithm {
  override readonly learns = true;

  choose(peers: Choices, ask: Ask): Peer | null {
    const two = twoDistinct(peers, ask);
    if (two === null) return null;
    const [a, b] = two;
    return this.load(b, ask.now) < this.load(a, ask.now) ? b : a;
  }

  private load(peer: Peer, now: number): number {
    observe(peer, 0, now);
    return peer.cost === 0 && peer.conns > 0 ? UNKNOWN + peer.conns : peer.cost * (peer.conns + 1);
  }

  override wordsOf({ cost, costAt }: Peer): string {
    return costAt === NEVER ? 'not measured' : `cost ${(cost / NS_PER_MS).toFixed(1)} ms`;
  }

  override ended(peer: Peer, _ok: boolean, tookNs: number, now: number): void {
    observe(peer, tookNs, now);
  }
}

/** A time above the cost becomes the cost at once; below it the cost sinks towards it with a time constant of 10 s. */
export function observe(peer: Peer, tookNs: number, now: number): void {
  const weight = peer.costAt === NEVER ? 0 : exp(-(now - peer.costAt) / DECAY);
  peer.cost = tookNs > peer.cost ? tookNs : peer.cost * weight + tookNs * (1 - weight);
  peer.costAt = now;
}
