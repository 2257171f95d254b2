/** Taking turns: smooth weighted round robin as nginx, and round robin by due time as Envoy. */
import { pow } from '../../engine/chance/elementary.ts';
import { Algorithm, type Choices } from './algorithm.ts';
import { type Ask, NEVER, type Peer, totalWeight } from './peer.ts';

/** nginx: each eligible peer gains its weight, the richest is chosen and pays what all gained together. */
export class SmoothRotation extends Algorithm {
  private total = 0;
  /**
   * While all peers are well and weigh the same they simply take turns, and what each holds follows from whose turn it
   * is: who they are, whose turn comes next, what each gains, and the state of health this holds for. Null while it does not.
   */
  private inTurn: readonly Peer[] | null = null;
  private turn = 0;
  private gain = 0;
  private changes = 0;

  override rebuilt(list: readonly Peer[]): number {
    this.total = totalWeight(list);
    return 0;
  }

  override shareOf({ weight }: Peer): number {
    return weight / this.total;
  }

  choose(peers: Choices, ask: Ask): Peer | null {
    const { inTurn, turn } = this;
    if (inTurn !== null && ask.isUnrestricted === 1 && peers.changes === this.changes) {
      this.turn = turn + 1 === inTurn.length ? 0 : turn + 1;
      return inTurn[turn];
    }
    const peer = this.among(peers, ask, 0);
    if (peer !== null && peer.current === 0) this.takeTurns(peers, ask);
    return peer;
  }

  override wordsOf(peer: Peer): string {
    const { effective, weight } = peer;
    const of = effective < weight ? `${effective} of ${weight}` : `${weight}`;
    return `current ${rounded(this.currentOf(peer))}, weight ${of}`;
  }

  /** From here on they take turns, if all are well, gain the same and hold nothing. */
  private takeTurns(peers: Choices, ask: Ask): void {
    const { list, changes } = peers;
    const { weight } = list[0];
    for (const peer of list) {
      if (peer.current !== 0 || peer.weight !== weight || peer.effective !== weight) return;
      if (peer.since !== NEVER && slowed(peers, peer, ask) !== weight) return;
      if (ask.regardless || peer.fails > 0 || !peers.isEligible(peer, ask)) return;
    }
    this.inTurn = list;
    this.turn = 0;
    this.gain = weight;
    this.changes = changes;
  }

  private currentOf(peer: Peer): number {
    if (this.inTurn === null) return peer.current;
    const paid = peer.place < this.turn ? this.inTurn.length : 0;
    return (this.turn - paid) * this.gain;
  }

  /** Writes to the peers what each holds: the list may change now. */
  settle(): void {
    for (const peer of this.inTurn ?? []) peer.current = this.currentOf(peer);
    this.inTurn = null;
  }

  /** Only among peers that carry the mark; 0: among all eligible ones. */
  among(peers: Choices, ask: Ask, mark: number): Peer | null {
    if (this.inTurn !== null) this.settle();
    let best: Peer | null = null;
    let total = 0;
    let most = 0;
    const { list } = peers;
    for (let i = 0; i < list.length; i++) {
      const peer = list[i];
      if (mark === 0 ? !peers.isEligible(peer, ask) : peer.mark !== mark) continue;
      const gain = peer.since === NEVER ? peer.effective : slowed(peers, peer, ask);
      const current = peer.current + gain;
      peer.current = current;
      total += gain;
      if (peer.effective < peer.weight) peer.effective++;
      if (best === null || current > most) {
        best = peer;
        most = current;
      }
    }
    if (best !== null) best.current = most - total;
    return best;
  }
}

/** Whole, except while a weight is growing; with a true minus. */
function rounded(value: number): string {
  return (Number.isInteger(value) ? `${value}` : value.toFixed(1)).replace('-', '−');
}

/** What a peer gains that may be starting slowly. */
function slowed(peers: Choices, peer: Peer, ask: Ask): number {
  return peer.weight === 0 ? 0 : (peer.effective * peers.weightOf(peer, ask)) / peer.weight;
}

/** nginx: a failure takes a share of the effective weight, which comes back by one with each turn. */
export function penalize(peer: Peer, maxFails: number): void {
  if (maxFails > 0) peer.effective = Math.max(0, peer.effective - Math.floor(peer.weight / maxFails));
}

/** (open + 1) to the power of the bias. */
function loadOf(open: number, bias: number): number {
  if (bias === 0) return 1;
  return bias === 1 ? open + 1 : pow(open + 1, bias);
}

/** Envoy: whoever is due earliest; after its turn it is due 1 ÷ weight later. First come, first served among equals. */
export class DueRotation extends Algorithm {
  private clock = 0;
  private turns = 0;
  /** Requests open count: weight ÷ (open + 1) to this power; 0: they do not. */
  private readonly bias: number;
  /** It is to begin at a peer drawn by lot, so that replicas do not go round in step. */
  private isToSkip: boolean;

  constructor(bias: number, isToSkip: boolean) {
    super();
    this.bias = bias;
    this.isToSkip = isToSkip;
  }

  override wordsOf({ dueAt }: Peer): string {
    return `due in ${Math.max(0, dueAt - this.clock).toFixed(2)}`;
  }

  override rebuilt(list: readonly Peer[]): number {
    for (const peer of list) {
      if (peer.turn > 0) continue;
      peer.turn = ++this.turns;
      peer.dueAt = this.clock + 1 / Math.max(peer.weight, 1e-9);
    }
    return 0;
  }

  choose(peers: Choices, ask: Ask): Peer | null {
    if (this.isToSkip && peers.list.length > 0) {
      this.isToSkip = false;
      for (let skipped = peers.stream.below(peers.list.length); skipped > 0; skipped--) this.next(peers, ask);
    }
    return this.next(peers, ask);
  }

  private next(peers: Choices, ask: Ask): Peer | null {
    let best: Peer | null = null;
    for (const peer of peers.list) {
      if (!peers.isEligible(peer, ask)) continue;
      if (best === null || peer.dueAt < best.dueAt || (peer.dueAt === best.dueAt && peer.turn < best.turn)) {
        best = peer;
      }
    }
    if (best === null) return null;
    this.clock = best.dueAt;
    best.dueAt = this.clock + loadOf(best.conns, this.bias) / peers.weightOf(best, ask);
    best.turn = ++this.turns;
    return best;
  }
}
