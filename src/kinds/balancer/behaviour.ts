/** A layer 7 balancer: chooses a peer per request, watches the answers, and may try the next peer. */
import { COMPLETION } from '../../engine/agenda.ts';
import { CHILD, GENERATION, LINK, NONE, OUTCOME, READ, REQUEST, SESSION, UNIT } from '../../engine/calls.ts';
import { forCall, WORK } from '../../engine/events.ts';
import { ANY_UNIT } from '../../engine/ends.ts';
import * as outcomes from '../../engine/outcomes.ts';
import type { Severity } from '../../engine/journal.ts';
import { NOTE } from '../../engine/recorder.ts';
import { Behaviour } from '../../engine/behaviour.ts';
import type { Station } from '../../engine/station.ts';
import { toNs, toWholeNs } from '../../engine/time.ts';
import { type Algorithm, type Peer, Peers } from './peers.ts';
import type { BalancerParams } from './spec.ts';

/** Peers a fresh request has been sent to. */
const NOBODY: readonly Peer[] = [];

class Balancer extends Behaviour {
  private params: BalancerParams;
  private overheadNs = 0;
  private readonly peers = new Peers();
  /** Peers that a request was sent to, for requests that were sent to more than one. */
  private readonly tried = new Map<number, Peer[]>();
  private movedOn = 0;
  private readonly choices = this.stream('choices');
  private readonly faultChance = this.stream('fault');

  constructor(params: BalancerParams, station: Station) {
    super(station);
    this.params = params;
    station.picksUnits = true;
    this.apply();
    station.setUnits(1, 0, false);
  }

  override reconfigure(params: BalancerParams): void {
    this.params = params;
    this.apply();
  }

  private apply(): void {
    const { overheadMs, passive, maxFails, failTimeoutMs } = this.params;
    this.overheadNs = toNs(overheadMs);
    this.peers.rules = { maxFails: passive ? maxFails : 0, failTimeoutNs: toNs(failTimeoutMs) };
  }

  override wired(): void {
    this.peers.rebuild(this.station.outgoing, (link) => {
      const { behaviour, units } = link.callee as Station;
      if (behaviour.placesCalls) return [ANY_UNIT];
      return units.filter((unit) => !unit.retired).map((unit) => unit.index);
    });
  }

  override windowClosed(lengthMs: number): void {
    const { list } = this.peers;
    const now = this.core.now;
    let most = 0;
    let sum = 0;
    for (const peer of list) {
      const fresh = peer.picks - peer.picksBefore;
      peer.picksBefore = peer.picks;
      sum += fresh;
      if (fresh > most) most = fresh;
    }
    this.station.gauges[0] = list.filter((peer) => !this.peers.isEjected(peer, now)).length / list.length;
    this.station.gauges[1] = (most * list.length) / sum;
    this.station.gauges[2] = this.rateOf('moved', this.movedOn, lengthMs);
  }

  override arrive(c: number): void {
    const { agenda, calls } = this.core;
    const { slow, errorShare } = this.station.units[0];
    if (this.overheadNs === 0 && errorShare === 0) return this.forward(c, NOBODY);
    agenda.due = agenda.time + toWholeNs(this.overheadNs * slow);
    agenda.push(COMPLETION, forCall(WORK, calls.rows[c + GENERATION]), c);
  }

  override finish(c: number): void {
    const { errorShare } = this.station.units[0];
    if (errorShare > 0 && this.faultChance.chance(errorShare)) this.station.answer(c, outcomes.HTTP_500);
    else this.forward(c, NOBODY);
  }

  private forward(c: number, tried: readonly Peer[]): void {
    const { calls, now, recorder } = this.core;
    const algorithm = this.params.algorithm as Algorithm;
    const peer = this.peers.pick(algorithm, calls.rows[c + SESSION], tried, now, this.choices);
    if (peer === null) return this.end(c, outcomes.NO_HEALTHY_PEER);
    if (calls.rows[c + REQUEST] !== NONE) {
      const place = this.peers.list.indexOf(peer);
      recorder.note(c, NOTE.picked, place, peer.conns - 1);
    }
    if (peer.link.call(c, 0, peer.unit, calls.operation(c)) === NONE) {
      peer.conns--;
      this.end(c, outcomes.asAnswer(outcomes.OVER_LIMIT));
    }
  }

  private end(c: number, outcome: number): void {
    if (this.tried.size > 0) this.tried.delete(c);
    this.station.answer(c, outcome);
  }

  override childDone(parent: number, child: number): void {
    const { calls } = this.core;
    const outcome = calls.rows[child + OUTCOME];
    const peer = this.peers.find(calls.rows[child + LINK], calls.rows[child + UNIT]);
    if (peer) this.note(peer, outcome);
    if (outcome === outcomes.OK) this.station.inheritAnswer(parent, child);
    else if (peer && this.movesOn(parent, peer, outcome)) return;
    this.end(parent, toClient(outcome));
  }

  /** Updates what is known of the peer; ejection and return go to the log. */
  private note(peer: Peer, outcome: number): void {
    const { maxFails } = this.peers.rules;
    const before = peer.fails;
    this.peers.ended(peer, this.countsAgainst(outcome), this.core.now);
    if (maxFails === 0 || this.peers.list.length === 1 || peer.fails === before) return;
    if (peer.fails === maxFails) this.report(peer, 'warning', `ejected # after ${maxFails} failures`);
    else if (peer.fails === 0 && before >= maxFails) {
      this.report(peer, 'good', 'took # back: its probe succeeded');
    }
  }

  /** In the log; `#` in the words stands for the peer. */
  private report({ link, unit }: Peer, severity: Severity, words: string): void {
    const { journal, now } = this.core;
    const callee = link.callee as Station;
    const name = unit === ANY_UNIT ? callee.label : callee.unitName(unit);
    const text = `${this.station.label} ${words.replace('#', () => name)}`;
    journal.write(now, severity, 'ejection', text, this.station.id);
  }

  /** Errors, resets and timeouts always; 5xx answers only where they also lead to the next peer (nginx). */
  private countsAgainst(outcome: number): boolean {
    if (isLost(outcome) || outcome === outcomes.CONNECT_REFUSED) return true;
    return this.params.tryNext === 'errors' && isServerError(outcome);
  }

  private movesOn(parent: number, peer: Peer, outcome: number): boolean {
    const { calls } = this.core;
    const { tryNext, maxTries } = this.params;
    const tried = [...(this.tried.get(parent) ?? []), peer];
    if (tryNext === 'never' || tried.length >= Math.min(maxTries, this.peers.list.length)) return false;
    const repeatable = outcome === outcomes.CONNECT_REFUSED || calls.operation(parent) === READ;
    if (!repeatable || !this.leadsToNext(outcome)) return false;
    this.tried.set(parent, tried);
    this.movedOn++;
    this.forward(parent, tried);
    return true;
  }

  private leadsToNext(outcome: number): boolean {
    const { tryNext } = this.params;
    if (outcome === outcomes.CONNECT_REFUSED) return true;
    if (isLost(outcome)) return tryNext !== 'connect';
    return tryNext === 'errors' && isServerError(outcome);
  }

  override cancel(c: number, full: boolean): void {
    if (!full) return;
    this.core.calls.voidEvents(c);
    this.leavePeer(c);
    this.abandonChild(c);
    this.station.drop(c);
  }

  override evict(c: number): void {
    this.leavePeer(c);
  }

  /** The request is taken away from here: its peer has one less open. */
  private leavePeer(c: number): void {
    const { calls } = this.core;
    this.tried.delete(c);
    const child = calls.rows[c + CHILD];
    if (child === NONE) return;
    const peer = this.peers.find(calls.rows[child + LINK], calls.rows[child + UNIT]);
    if (peer) peer.conns--;
  }
}

function isLost(outcome: number): boolean {
  return (
    outcome === outcomes.RESET ||
    outcome === outcomes.ATTEMPT_TIMEOUT ||
    outcome === outcomes.DEADLINE_EXCEEDED
  );
}

function isServerError(outcome: number): boolean {
  return (
    outcome === outcomes.HTTP_500 ||
    outcome === outcomes.HTTP_502 ||
    outcome === outcomes.HTTP_503 ||
    outcome === outcomes.HTTP_504 ||
    outcome === outcomes.QUEUE_FULL ||
    outcome === outcomes.TOO_MANY_CONNECTIONS
  );
}

/** What the caller of the balancer is told: 502 for a peer that broke off, 504 for one that did not answer. */
function toClient(outcome: number): number {
  if (outcome === outcomes.CONNECT_REFUSED || outcome === outcomes.RESET) return outcomes.HTTP_502;
  return outcomes.asAnswer(outcome);
}

export function build(params: BalancerParams, station: Station): Balancer {
  return new Balancer(params, station);
}
