/**
 * Zone-aware routing as Envoy does it: requests stay in their zone as far as the zone has as large a share of the peers as
 * of the callers; the rest goes where peers are over. It must not know how a peer is chosen within a zone.
 */
import type { Stream } from '../../engine/chance/random.ts';
import type { Station } from '../../engine/station/station.ts';
import { ANY_ZONE, type Peer } from './peer.ts';

/** With fewer peers, zones are too small to be left to themselves (Envoy's min_cluster_size). */
const MIN_PEERS = 6;

/** The zone a component stands in, or its region where no zone is said; '' for neither. */
function localityOf(station: Station): string {
  return station.zone || station.group;
}

export class Zones {
  private readonly names: string[] = [];
  /** By index of the link a request came over: the zone of its caller. */
  private readonly origins: number[] = [];
  /** By zone: share of the callers, by units. */
  private readonly callers: number[];
  private readonly residual: number[] = [];

  /** `list`: the peers, which are told their zones. */
  constructor(balancer: Station, list: readonly Peer[]) {
    for (const peer of list) peer.zone = this.numberOf(localityOf(peer.link.callee as Station));
    const own = localityOf(balancer);
    for (const link of balancer.incoming) {
      const from = own || localityOf(link.caller as Station);
      this.origins[link.index] = from === '' ? ANY_ZONE : this.numberOf(from);
    }
    const counts: number[] = [];
    for (const caller of callersOf(balancer, own, list)) {
      const zone = this.numberOf(localityOf(caller));
      counts[zone] = (counts[zone] ?? 0) + caller.units.filter((unit) => !unit.retired).length;
    }
    const sum = counts.reduce((total, each) => total + each, 0);
    this.callers = this.names.map((_, zone) => (counts[zone] ?? 0) / Math.max(1, sum));
  }

  /** The zone a request that came over a link stays in or goes to; ANY_ZONE where zones make no difference. */
  zoneFor(link: number, list: readonly Peer[], isUsable: (peer: Peer) => boolean, stream: Stream): number {
    const here = this.origins[link] ?? ANY_ZONE;
    if (here === ANY_ZONE || list.length < MIN_PEERS) return ANY_ZONE;
    const { residual, callers } = this;
    residual.length = this.names.length;
    residual.fill(0);
    let usable = 0;
    for (const peer of list) {
      if (!isUsable(peer)) continue;
      residual[peer.zone]++;
      usable++;
    }
    if (usable === 0 || residual[here] === 0) return ANY_ZONE;
    const local = residual[here] / usable;
    if (local >= callers[here] || stream.chance(local / callers[here])) return here;
    let sum = 0;
    for (let zone = 0; zone < residual.length; zone++) {
      residual[zone] = Math.max(0, residual[zone] / usable - callers[zone]);
      sum += residual[zone];
    }
    let at = stream.uniform() * sum;
    for (let zone = 0; zone < residual.length; zone++) {
      at -= residual[zone];
      if (at < 0) return zone;
    }
    return ANY_ZONE;
  }

  /** Whether a request that came over a link leaves its zone at this peer; a caller in no zone has none to leave. */
  isCrossing(link: number, peer: Peer): boolean {
    const here = this.origins[link] ?? ANY_ZONE;
    return here !== ANY_ZONE && peer.zone !== here;
  }

  private numberOf(name: string): number {
    const known = this.names.indexOf(name);
    return known >= 0 ? known : this.names.push(name) - 1;
  }
}

/**
 * Who the peers get their requests from. A balancer in no zone stands beside each of its callers; one in a zone is one of
 * all that call the same peers.
 */
function callersOf(balancer: Station, own: string, list: readonly Peer[]): ReadonlySet<Station> {
  const links =
    own === '' ? balancer.incoming : list.flatMap((peer) => (peer.link.callee as Station).incoming);
  return new Set(links.filter((link) => link.attached).map((link) => link.caller as Station));
}
