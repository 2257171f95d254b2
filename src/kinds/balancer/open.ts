/**
 * A balancer drawn open: what a replica knows of each of its peers, with the counts that lead to the next change. It must
 * not know who looks.
 */
import type { Part, Parts, Pips } from '../../engine/station/inside.ts';
import type { Station } from '../../engine/station/station.ts';
import { routeLabel } from '../routes.ts';
import { ejectionNs } from './outlier.ts';
import { NEVER, type Peer } from './peer.ts';
import type { Replica } from './replica.ts';
import { rampOf } from './slowstart.ts';

/** More pips than this would be no picture. */
const MOST_PIPS = 20;

/** One list for each replica that does not share what it knows. */
export function partsOfAll(replicas: readonly Replica[], station: Station): Parts[] {
  return replicas.map((each) =>
    partsOf(each, replicas.length > 1 ? station.unitName(each.index) : null, station.core.now),
  );
}

function partsOf(of: Replica, replica: string | null, now: number): Parts {
  const { list } = of.peers;
  const recent = list.reduce((sum, peer) => sum + recentOf(peer), 0);
  return {
    heading: replica === null ? 'What it knows of its peers' : `What ${replica} knows of its peers`,
    list: list.map((peer) => ({
      name: peer.label,
      ...stateOf(of, peer, now),
      share: recentOf(peer) / recent,
      due: of.peers.upstreamOf(peer.route).algorithm.shareOf(peer),
      pips: pipsOf(of, peer),
      open: of.rules.connections === null ? peer.conns : NaN,
      marks: marksOf(of, peer),
    })),
  };
}

/** Picks of late, those of the present window included. */
function recentOf({ recent, picks, picksBefore }: Peer): number {
  return 0.9 * recent + picks - picksBefore;
}

function stateOf({ peers, rules }: Replica, peer: Peer, now: number): Pick<Part, 'state' | 'tone'> {
  const left = (ns: number) => `${Math.max(0, Math.ceil(ns / 1e9))} s`;
  if (!peer.up)
    return peer.isChecked
      ? { state: 'out: probes fail', tone: 'bad' }
      : { state: 'not probed yet', tone: 'warning' };
  if (peer.ejectedAt !== Infinity && rules.outlier !== null) {
    const stays = ejectionNs(peer, rules.outlier) - (now - peer.ejectedAt);
    return { state: stays > 0 ? `ejected for ${left(stays)}` : 'back at the next sweep', tone: 'bad' };
  }
  if (peers.isEjected(peer, now))
    return { state: `ejected for ${left(rules.failTimeoutNs - (now - peer.checked))}`, tone: 'bad' };
  if (rules.maxFails > 0 && peer.fails >= rules.maxFails && !peer.isAlone)
    return { state: 'tried by the next request', tone: 'warning' };
  if (peer.weight === 0) return { state: 'no new requests', tone: 'idle' };
  if (!peers.hasRoom(peer, now)) return { state: 'full', tone: 'warning' };
  const ramp = peer.since === NEVER ? 1 : rampOf(rules.slowStart, now - peer.since);
  if (ramp < 1) return { state: `slow start: ${Math.round(100 * ramp)} %`, tone: 'warning' };
  return { state: peer.tier > 0 ? `up, tier ${peer.tier}` : 'up', tone: 'good' };
}

function pipsOf({ rules }: Replica, peer: Peer): Pips[] {
  const pips: Pips[] = [];
  const { check, maxFails, outlier } = rules;
  if (check !== null)
    pips.push({ label: 'probes', filled: peer.passes, of: check.rise + check.fall - 1, mark: check.rise });
  if (maxFails > 0)
    pips.push({ label: 'failures', filled: Math.min(peer.fails, maxFails), of: maxFails, mark: 0 });
  if (outlier !== null)
    pips.push({ label: 'in a row', filled: peer.consecutive, of: outlier.consecutive, mark: 0 });
  return pips.filter(({ of }) => of <= MOST_PIPS);
}

function marksOf({ peers, rules }: Replica, peer: Peer): string[] {
  const { conns } = peer;
  const what = rules.connections === null ? 'open' : conns === 1 ? 'connection' : 'connections';
  const count = rules.maxPerPeer > 0 ? `${conns} of ${rules.maxPerPeer}` : `${conns}`;
  return [
    `${count} ${what}`,
    routeLabel(peer.route),
    peers.upstreamOf(peer.route).algorithm.wordsOf(peer),
  ].filter(Boolean);
}
