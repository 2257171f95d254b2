/**
 * One replica of a balancer, or all of them where they share what they know: its peers, what it learns of them from
 * probes and answers, its cookies, connections and waiting requests. It must not know what becomes of a request.
 */
import { SENT } from '../../engine/calls/calls.ts';
import type { Core } from '../../engine/core.ts';
import type { Severity } from '../../engine/records/journal.ts';
import { HTTP_429, isUnconnected, OK, RESET } from '../../engine/calls/outcomes.ts';
import { sendProbe } from '../../engine/link/probing.ts';
import type { Stream } from '../../engine/chance/random.ts';
import type { Station } from '../../engine/station/station.ts';
import { noteProbe, observe, takeAsUnchecked, takeAsUp, waitOf } from './activecheck.ts';
import { createAlgorithm } from './algorithms.ts';
import { isBroken, isGatewayError, isServerError } from './answers.ts';
import { Connections } from './connections.ts';
import { noteResult, readmit, sweep } from './outlier.ts';
import type { Ask, Peer } from './peer.ts';
import { Peers } from './peers.ts';
import type { Rules } from './rules.ts';
import type { BalancerParams } from './spec.ts';
import { WaitingRoom } from './waitingroom.ts';
import { Zones } from './zones.ts';

/** What a replica schedules for itself. */
export const PROBE_PEER = 0;
export const SWEEP = 1;
export const GIVE_UP_WAITING = 2;
export const CLOSE_IDLE = 3;

const CLOSE_IDLE_EVERY = 1e9;

/** What a replica needs of the balancer it belongs to. */
export interface Host {
  schedule(at: number, purpose: number, replica: number, slot: number): void;
  /** In the log. */
  say(severity: Severity, words: string): void;
}

export class Replica {
  readonly index: number;
  readonly peers: Peers;
  readonly room: WaitingRoom;
  readonly connections = new Connections();
  rules!: Rules;

  private readonly core: Core;
  private readonly host: Host;
  /** Spreads the first probes of the peers over an interval. */
  private readonly phases: Stream;
  private readonly cookies = new Map<number, { slot: number; until: number }>();
  private isSweeping = false;
  private isClosing = false;

  constructor(index: number, core: Core, host: Host, choices: Stream, phases: Stream) {
    this.index = index;
    this.core = core;
    this.host = host;
    this.phases = phases;
    this.peers = new Peers(choices, (isHealthIgnored) => {
      if (isHealthIgnored) host.say('warning', 'asks all its peers, well or not: too few of them are well');
      else host.say('good', 'heeds again which of its peers are well');
    });
    this.room = new WaitingRoom(core.calls);
  }

  apply(params: BalancerParams, rules: Rules): void {
    this.rules = this.peers.rules = rules;
    if (rules.connections === null) this.connections.closeAll();
    this.peers.useAlgorithm(
      (rotation, isWeighted) => createAlgorithm(params, rotation, isWeighted, this.index),
      rules.connections === null,
    );
    for (const peer of this.peers.list) {
      if (rules.check === null) peer.up = true;
      if (rules.outlier === null) peer.ejectedAt = Infinity;
    }
    this.startTimers();
  }

  /** The links or their units changed. */
  rebuild(balancer: Station, params: BalancerParams): void {
    const zones = params.zoneAware ? (list: readonly Peer[]) => new Zones(balancer, list) : null;
    const { added, movedShare } = this.peers.rebuild(balancer.outgoing, zones);
    const { check } = this.rules;
    for (const peer of added) {
      if (this.core.now > 0) peer.since = this.core.now;
      if (check === null) continue;
      if (this.core.now > 0) takeAsUnchecked(peer);
      else takeAsUp(peer, check);
    }
    if (movedShare > 0 && this.core.now > 0) {
      this.host.say('info', `now sends ${(100 * movedShare).toFixed(1)} % of all keys to other peers`);
    }
    this.startTimers();
  }

  private startTimers(): void {
    const { rules, index, host } = this;
    const { now } = this.core;
    if (rules.check !== null) {
      for (const peer of this.peers.list) {
        if (peer.isProbed) continue;
        peer.isProbed = true;
        const wait = peer.isChecked ? this.phases.uniform() * rules.check.intervalNs : 0;
        host.schedule(now + Math.round(wait), PROBE_PEER, index, peer.slot);
      }
    }
    if (rules.outlier !== null && !this.isSweeping) {
      this.isSweeping = true;
      host.schedule(now + rules.outlier.intervalNs, SWEEP, index, 0);
    }
    if (rules.connections !== null && !this.isClosing) {
      this.isClosing = true;
      host.schedule(now + CLOSE_IDLE_EVERY, CLOSE_IDLE, index, 0);
    }
  }

  /** In the log; `#` in the words stands for the peer. */
  private report(peer: Peer, severity: Severity, words: string): void {
    this.host.say(severity, words.split('#').join(peer.label));
  }

  /** The time has come for a peer's probe, unless it or the checks are gone. */
  probe(slot: number, isAlive: boolean): void {
    const peer = this.peers.list.find((candidate) => candidate.slot === slot);
    const { check } = this.rules;
    if (!peer) return;
    if (check === null) {
      peer.isProbed = false;
      return;
    }
    const sent = isAlive && sendProbe(peer.link, this.index, peer.unit, check.isDeep, check.timeoutNs) >= 0;
    if (!sent) this.host.schedule(this.core.now + check.intervalNs, PROBE_PEER, this.index, slot);
  }

  /** The call that was a probe of this peer ended. */
  probed(peer: Peer, c: number, outcome: number): void {
    const { check } = this.rules;
    if (check === null) {
      peer.isProbed = false;
      return;
    }
    const isNew = !peer.isChecked;
    const passed = outcome === OK;
    if (noteProbe(peer, passed, isServerError(outcome) || outcome === HTTP_429, check)) {
      if (peer.up) {
        peer.since = this.core.now;
        const words = isNew ? 'takes # in: its first probe succeeds' : 'takes # back: its probes succeed';
        this.report(peer, 'good', words);
      } else this.report(peer, 'warning', 'took # out: its probes fail');
    }
    // A passing probe ends an ejection at once (Envoy).
    if (passed && peer.up && peer.ejectedAt !== Infinity) readmit(peer, this.core.now);
    const sentAt = this.core.calls.times[(c >> 1) + SENT];
    const next = Math.max(this.core.now, sentAt + waitOf(peer, check));
    this.host.schedule(next, PROBE_PEER, this.index, peer.slot);
  }

  sweep(): void {
    const { outlier } = this.rules;
    this.isSweeping = outlier !== null;
    if (outlier === null) return;
    const { returned, ejected } = sweep(this.peers.list, outlier, this.core.now);
    for (const peer of returned) this.report(peer, 'info', 'lets # back after its ejection');
    for (const peer of ejected) this.report(peer, 'warning', 'ejected #: it fails more than the others');
    this.host.schedule(this.core.now + outlier.intervalNs, SWEEP, this.index, 0);
  }

  closeIdle(): void {
    const { connections } = this.rules;
    this.isClosing = connections !== null;
    if (connections === null) return;
    this.connections.sweep(connections, this.core.now);
    this.host.schedule(this.core.now + CLOSE_IDLE_EVERY, CLOSE_IDLE, this.index, 0);
  }

  /** The peer for a request: that of its cookie, or the algorithm's. */
  pick(ask: Ask): Peer | null {
    const { cookieNs } = this.rules;
    if (cookieNs === 0) return this.peers.pick(ask);
    const cookie = this.cookies.get(ask.session);
    const known = cookie && cookie.until >= ask.now ? this.peers.ofCookie(cookie.slot, ask) : null;
    const peer = known ?? this.peers.pick(ask);
    if (peer !== null) this.cookies.set(ask.session, { slot: peer.slot, until: ask.now + cookieNs });
    return peer;
  }

  /** Layer 4: the connection is there, or one more is allowed (`most`, 0 = any number). */
  mayConnect(name: number, most: number): boolean {
    if (most === 0 || this.connections.size < most) return true;
    return this.connections.peerOf(name, this.rules.connections!, this.core.now) !== null;
  }

  /** Layer 4: the peer at the other end of a connection, which is opened where there is none. */
  connect(name: number, ask: Ask): Peer | null {
    const known = this.connections.peerOf(name, this.rules.connections!, ask.now);
    if (known !== null) return known;
    const peer = this.peers.pick(ask);
    if (peer === null) return null;
    this.connections.opened(name, peer, ask.now);
    this.peers.begin(peer, ask);
    return peer;
  }

  /** Layer 4: a peer that broke off ends all its connections, one that did not even accept this one. */
  disconnect(name: number, peer: Peer, outcome: number): void {
    if (outcome === RESET) this.connections.closeAllOf(peer);
    else if (isUnconnected(outcome)) this.connections.close(name);
  }

  /** What the answer of a peer tells of it. `failed`: it counts for the passive check. */
  learn(peer: Peer, failed: boolean, outcome: number, tookNs: number): void {
    const { maxFails, outlier, check } = this.rules;
    const broken = outcome !== OK && isBroken(outcome);
    const before = peer.fails;
    this.peers.note(peer, failed, this.core);
    const { algorithm } = this.peers.upstreamOf(peer.route);
    if (algorithm.learns) algorithm.ended(peer, !broken, tookNs, this.core.now);
    if (outlier !== null) {
      const many = noteResult(peer, broken, isGatewayError(outcome), this.peers.list, outlier, this.core.now);
      const count = many === 'failures' ? outlier.consecutive : outlier.gateway;
      if (many !== null) this.report(peer, 'warning', `ejected # after ${count} ${many} in a row`);
    }
    if (check !== null && check.observed > 0 && observe(peer, broken, check)) {
      this.report(peer, 'warning', 'took # out: its answers fail');
    }
    if (maxFails === 0 || peer.isAlone || peer.fails === before) return;
    if (peer.fails === maxFails) this.report(peer, 'warning', `ejected # after ${maxFails} failures`);
    else if (peer.fails === 0 && before >= maxFails) {
      this.report(peer, 'good', 'took # back: its probe succeeded');
    }
  }

  /** A request waits because all peers are full; false when too many do. */
  wait(c: number): boolean {
    const { queueLimit, queueNs } = this.rules;
    if (this.room.size >= queueLimit) return false;
    const until = this.core.now + queueNs;
    if (this.room.size === 0) this.host.schedule(until, GIVE_UP_WAITING, this.index, 0);
    this.room.add(c, until);
    return true;
  }

  /** The process is gone, and all it knew. */
  forget(): void {
    this.connections.closeAll();
    this.cookies.clear();
    for (const peer of this.peers.list) peer.fails = peer.liveErrors = 0;
  }
}
