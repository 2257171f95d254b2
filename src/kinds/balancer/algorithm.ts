/** What a balancing algorithm is: chooses a peer among those a request may go to. It must not know calls. */
import type { Stream } from '../../engine/chance/random.ts';
import type { Ask, Peer } from './peer.ts';

/** What an algorithm sees of the balancer's peers. */
export interface Choices {
  readonly list: readonly Peer[];
  /** For random choices. */
  readonly stream: Stream;
  readonly failTimeoutNs: number;
  /** Grows whenever the health of a peer changed. */
  readonly changes: number;
  /** May the request go there: not tried, in service, healthy, not full. */
  isEligible(peer: Peer, ask: Ask): boolean;
  /** Its weight now: less than its own while it starts slowly. */
  weightOf(peer: Peer, ask: Ask): number;
}

export abstract class Algorithm {
  /** The peer for a request, or null when none is eligible. */
  abstract choose(peers: Choices, ask: Ask): Peer | null;

  /** The list of peers, or a weight, has changed. Returns the share of all keys that now go elsewhere; 0 where it has no table. */
  rebuilt(_list: readonly Peer[]): number {
    return 0;
  }

  /** Share of the keys, or of the draws, that fall on a peer of the list while all may be used; NaN where load decides. */
  shareOf(_peer: Peer): number {
    return NaN;
  }

  /** What it knows of a peer beside that, in a few words; '' for nothing. */
  wordsOf(_peer: Peer): string {
    return '';
  }

  /** Whether `ended` makes a difference. */
  readonly learns: boolean = false;

  /** A request to the peer has ended after so long, ns. */
  ended(_peer: Peer, _ok: boolean, _tookNs: number, _now: number): void {}
}
