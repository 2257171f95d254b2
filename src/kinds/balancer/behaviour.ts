/** A balancer at work: sends each request to a peer, learns from the answer, and may try the next peer. */
import { CONTROL } from '../../engine/agenda/agenda.ts';
import { CHILD, FLAGS, LINK, NONE, OUTCOME, SENT, STEP, TRACED, UNIT } from '../../engine/calls/calls.ts';
import type { Parts } from '../../engine/station/inside.ts';
import type { Severity } from '../../engine/records/journal.ts';
import * as outcomes from '../../engine/calls/outcomes.ts';
import { NOTE } from '../../engine/records/recorder.ts';
import type { Station } from '../../engine/station/station.ts';
import type { Unit } from '../../engine/units/unit.ts';
import { asSeen, countsAgainst, toClient } from './answers.ts';
import { connectionOf } from './connections.ts';
import { letPass, returnStraight } from './layer4.ts';
import { partsOfAll } from './open.ts';
import { Front } from './front.ts';
import { Ask, type Peer } from './peer.ts';
import { CLOSE_IDLE, GIVE_UP_WAITING, type Host, PROBE_PEER, Replica } from './replica.ts';
import { type Rules, rulesOf } from './rules.ts';
import type { BalancerParams } from './spec.ts';
import { NOBODY, Tries } from './tries.ts';

/** In the STEP of a request: it counts as open at its peer. */
const COUNTED = 1;
/** Data of a tick: purpose in 2 bits, replica in 4, slot of a peer in 21. */
const SLOTS = 0x1fffff;

class Balancer extends Front implements Host {
  private params: BalancerParams;
  private rules!: Rules;
  /** One for each unit, or one for all where they share what they know. */
  private readonly replicas: Replica[] = [];
  private readonly tries: Tries;
  private movedOn = 0;
  private readonly ask = new Ask();

  constructor(params: BalancerParams, station: Station) {
    super(station);
    this.params = params;
    this.tries = new Tries(this.core.calls);
    station.picksUnits = true;
    this.apply();
    station.setUnits(params.replicas, 0, false);
  }

  override reconfigure(params: BalancerParams): void {
    this.params = params;
    this.apply();
    this.station.setUnits(params.replicas, 0, true);
  }

  private apply(): void {
    const { replicas, sharedState } = this.params;
    this.admitBy(this.params);
    this.rules = rulesOf(this.params);
    for (let i = this.replicas.length; i < (sharedState ? 1 : replicas); i++) {
      const name = i === 0 ? '' : `-${i + 1}`;
      const streams = [this.stream(`choices${name}`), this.stream(`probes${name}`)];
      const replica = new Replica(i, this.core, this, streams[0], streams[1]);
      replica.rules = replica.peers.rules = this.rules;
      this.replicas.push(replica);
      if (i > 0) replica.rebuild(this.station, this.params);
    }
    for (const replica of this.replicas) replica.apply(this.params, this.rules);
    letPass(this.station, this.rules);
  }

  private replicaOf(unit: number): Replica {
    return this.replicas[this.params.sharedState ? 0 : unit];
  }

  override wired(): void {
    for (const replica of this.replicas) replica.rebuild(this.station, this.params);
    letPass(this.station, this.rules);
  }

  schedule(at: number, purpose: number, replica: number, slot: number): void {
    this.tickAt(at, CONTROL, purpose | (replica << 2) | ((slot & SLOTS) << 6));
  }

  override tick(data: number): void {
    if (!this.station.attached) return;
    const purpose = data & 3;
    const replica = this.replicas[(data >> 2) & 15];
    if (purpose === PROBE_PEER) replica.probe(data >> 6, this.station.units[replica.index].runs);
    else if (purpose === GIVE_UP_WAITING) this.endWaiting(replica);
    else if (purpose === CLOSE_IDLE) replica.closeIdle();
    else replica.sweep();
  }

  override get parts(): readonly Parts[] {
    return partsOfAll(
      this.replicas.slice(0, this.params.sharedState ? 1 : this.params.replicas),
      this.station,
    );
  }

  override totals(): { label: string; value: number }[] {
    return this.params.zoneAware ? this.replicas.flatMap(({ peers }) => peers.crossings) : [];
  }

  override windowClosed(lengthMs: number): void {
    const { peers } = this.replicas[0];
    this.station.gauges[0] = peers.healthyShare(this.core.now);
    this.station.gauges[1] = peers.takeImbalance();
    this.station.gauges[2] = this.rateOf('moved', this.movedOn, lengthMs);
    this.station.gauges[3] = this.replicas.reduce((waiting, replica) => waiting + replica.room.size, 0);
  }

  protected override admitted(c: number): void {
    this.forward(c, NOBODY);
  }

  private forward(c: number, tried: readonly Peer[]): void {
    const replica = this.replicaOf(this.core.calls.rows[c + UNIT]);
    const ask = this.ask.about(this.core, c, tried);
    const { connections } = this.rules;
    const name = connections === null ? NONE : connectionOf(this.core.calls, c, connections);
    if (connections !== null && !replica.mayConnect(name, this.params.maxConnections)) return this.knock(c);
    const peer = connections === null ? replica.pick(ask) : replica.connect(name, ask);
    if (peer !== null) this.send(c, replica, peer);
    else if (!replica.peers.isFull(ask)) this.end(c, this.rules.noPeer);
    else if (!replica.wait(c)) this.end(c, this.rules.noRoom);
  }

  private send(c: number, replica: Replica, peer: Peer): void {
    const { calls, recorder } = this.core;
    replica.peers.countZone(calls.rows[c + LINK], peer);
    if (this.rules.connections === null) replica.peers.begin(peer, this.core);
    else peer.picks++;
    calls.rows[c + STEP] = this.rules.connections === null ? COUNTED : 0;
    if (calls.rows[c + FLAGS] & TRACED) recorder.note(c, NOTE.picked, peer.place, peer.conns - 1);
    const sent = peer.link.call(c, calls.rows[c + UNIT], peer.unit, calls.operation(c));
    if (sent !== NONE) return;
    this.leave(c, peer);
    this.end(c, outcomes.asAnswer(outcomes.OVER_LIMIT));
  }

  /** A request is no longer open at the peer; at layer 4 its connection still is. */
  private leave(c: number, peer: Peer): void {
    const { rows } = this.core.calls;
    if (rows[c + STEP] === COUNTED) peer.conns--;
    rows[c + STEP] = 0;
  }

  private end(c: number, outcome: number): void {
    this.tries.forget(c);
    this.station.answer(c, outcome);
  }

  override childDone(parent: number, child: number): void {
    const { calls } = this.core;
    const outcome = calls.rows[child + OUTCOME];
    const replica = this.replicaOf(calls.callerUnit(child));
    const peer = replica.peers.find(calls.rows[child + LINK], calls.rows[child + UNIT]);
    if (parent === NONE) {
      if (peer) replica.probed(peer, child, outcome);
      return;
    }
    if (this.rules.isDirect) return this.passedBy(parent, child, replica, peer);
    if (peer) {
      this.leave(parent, peer);
      // Not worked out in vain: a double handed over is a number allocated.
      const took = replica.peers.all.algorithm.learns ? this.core.now - calls.times[(child >> 1) + SENT] : 0;
      const seen = asSeen(outcome, this.rules.connections !== null);
      const counts = seen !== outcomes.OK && countsAgainst(seen, this.nextAfter(parent, replica));
      replica.learn(peer, counts, seen, took);
    }
    if (outcome === outcomes.OK) {
      this.station.inheritAnswer(parent, child);
      this.end(parent, outcomes.OK);
    } else this.failed(parent, child, replica, peer);
    if (replica.room.size > 0) this.serveWaiting(replica);
  }

  /** The peer answers the caller itself: nothing is learned of it, and no other is tried. */
  private passedBy(parent: number, child: number, replica: Replica, peer: Peer | undefined): void {
    const { calls } = this.core;
    if (peer) {
      this.leave(parent, peer);
      const name = connectionOf(calls, parent, this.rules.connections!);
      replica.disconnect(name, peer, calls.rows[child + OUTCOME]);
    }
    this.tries.forget(parent);
    returnStraight(this.station, parent, child);
  }

  /** What the peer's failure means for the request: the next peer, or an answer. */
  private failed(parent: number, child: number, replica: Replica, peer: Peer | undefined): void {
    const { calls } = this.core;
    const outcome = calls.rows[child + OUTCOME];
    const isLayer4 = this.rules.connections !== null;
    if (peer && isLayer4)
      replica.disconnect(connectionOf(calls, parent, this.rules.connections!), peer, outcome);
    const most = this.peersFor(parent, replica);
    if (peer && this.tries.movesOn(parent, child, peer, outcome, most, this.params)) {
      this.movedOn++;
      return this.forward(parent, this.tries.of(parent));
    }
    if (outcome === outcomes.HTTP_429) {
      this.tries.forget(parent);
      this.station.answerTooMany(parent, calls.retryAfter(child));
    } else this.end(parent, isLayer4 ? outcome : toClient(outcome));
  }

  private nextAfter(c: number, replica: Replica): string {
    return this.tries.nextAfter(c, this.peersFor(c, replica), this.params);
  }

  /** How many peers a request like this one may go to at all. */
  private peersFor(c: number, { peers }: Replica): number {
    return peers.upstreamOf(this.core.calls.route(c)).inService;
  }

  /** Room came free: those that wait longest go first. */
  private serveWaiting(replica: Replica): void {
    for (;;) {
      const c = replica.room.first;
      if (c === NONE) return;
      const peer = replica.pick(this.ask.about(this.core, c, this.tries.of(c)));
      if (peer === null) return;
      replica.room.takeFirst();
      this.send(c, replica, peer);
    }
  }

  private endWaiting(replica: Replica): void {
    while (replica.room.nextDue <= this.core.now) {
      const c = replica.room.first;
      if (c === NONE || replica.room.nextDue > this.core.now) break;
      replica.room.takeFirst();
      this.end(c, outcomes.HTTP_503);
    }
    if (replica.room.size > 0) this.schedule(replica.room.nextDue, GIVE_UP_WAITING, replica.index, 0);
  }

  say(severity: Severity, words: string): void {
    const { journal, now } = this.core;
    journal.write(now, severity, 'ejection', `${this.station.label} ${words}`, this.station.id);
  }

  override cancel(c: number, full: boolean): void {
    const replica = this.replicaOf(this.core.calls.rows[c + UNIT]);
    const isQueued = this.leavesQueue(c, full);
    if (isQueued || (replica.room.size > 0 && replica.room.remove(c))) {
      this.tries.forget(c);
      this.station.drop(c);
      return;
    }
    if (!full) return;
    this.core.calls.voidEvents(c);
    this.leavePeer(c);
    this.station.abandonCalls(c);
    this.station.drop(c);
  }

  override unitDied(unit: Unit): void {
    if (!this.params.sharedState || this.station.units.length === 1) this.replicaOf(unit.index).forget();
  }

  override evict(c: number, unit: Unit): void {
    super.evict(c, unit);
    this.replicaOf(this.core.calls.rows[c + UNIT]).room.remove(c);
    this.leavePeer(c);
  }

  /** The request is taken away from here: its peer has one less open. */
  private leavePeer(c: number): void {
    const { calls } = this.core;
    this.tries.forget(c);
    const child = calls.rows[c + CHILD];
    if (child === NONE) return;
    const { peers } = this.replicaOf(calls.rows[c + UNIT]);
    const peer = peers.find(calls.rows[child + LINK], calls.rows[child + UNIT]);
    if (peer) this.leave(c, peer);
  }
}

export function build(params: BalancerParams, station: Station): Balancer {
  return new Balancer(params, station);
}
