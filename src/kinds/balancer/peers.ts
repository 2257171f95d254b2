/**
 * The peers of one replica of a balancer: which there are, how they are, and among which of them a request is chosen. It
 * knows only what its own requests and probes told it. It must not know calls.
 */
import { ANY_UNIT } from '../../engine/calls/ends.ts';
import type { Link } from '../../engine/link/link.ts';
import type { Stream } from '../../engine/chance/random.ts';
import type { Station } from '../../engine/station/station.ts';
import type { Algorithm } from './algorithm.ts';
import { type Ask, NEVER, Peer } from './peer.ts';
import { penalize, type SmoothRotation } from './rotation.ts';
import { ANY_ROUTE, fit, ROUTES } from '../routes.ts';
import { limitOf, rampOf } from './slowstart.ts';
import { type PeerRules, Upstream } from './upstream.ts';
import type { Zones } from './zones.ts';

/** What a change of the list meant. */
export interface Rebuilt {
  readonly added: readonly Peer[];
  /** Share of all keys that go elsewhere now, where the algorithm has a table. */
  readonly movedShare: number;
}

export class Peers {
  list: Peer[] = [];
  readonly health = { changes: 0 };
  readonly stream: Stream;
  rules!: PeerRules;
  /** For requests that no peers of a route of their own are for. */
  readonly all = new Upstream(this);
  /** By route, where links say one; null where none does, or routes are not seen (layer 4). */
  private routes: Map<number, Upstream> | null = null;
  /** By the route of a request, those that fit it most closely; `all` where none does. */
  private byRequest: Upstream[] = [];
  private isRouted = true;
  private createAlgorithm: (rotation: SmoothRotation, isWeighted: boolean) => Algorithm = (rotation) =>
    rotation;
  private createZones: ((list: readonly Peer[]) => Zones) | null = null;
  /** Requests sent while zones made a difference, and those of them that left their zone. */
  private seen = 0;
  private crossed = 0;
  /** Those of the list, and those taken out of it that still have requests open. By link, then by unit + 1. */
  private byLink: Peer[][] = [];
  private slots = 0;

  readonly regard: (isHealthIgnored: boolean) => void;

  /** `regard`: is told when health ceases to count for requests, and when it counts again. */
  constructor(stream: Stream, regard: (isHealthIgnored: boolean) => void) {
    this.stream = stream;
    this.regard = regard;
  }

  /** Makes the list match the units behind the links; peers that stay keep what is known of them. */
  rebuild(links: readonly Link[], zones: ((list: readonly Peer[]) => Zones) | null): Rebuilt {
    this.createZones = zones;
    const before = new Set(this.list);
    const busy = this.byLink.flat().filter((peer) => peer.conns > 0 && peer.link.attached);
    this.list = links
      .filter((link) => link.attached)
      .flatMap((link) =>
        unitsBehind(link).map(
          (unit) => this.byLink[link.index]?.[unit + 1] ?? new Peer(link, unit, this.slots++, this.health),
        ),
      );
    const added = this.list.filter((peer) => !before.has(peer));
    for (const peer of this.list) {
      const { weight, tier, route } = peer.link.settings;
      peer.name = `${peer.link.callee.id}:${peer.unit}`;
      if (!before.has(peer)) {
        peer.fails = peer.current = 0;
        peer.effective = weight;
      }
      peer.weight = weight;
      peer.effective = Math.min(peer.effective, weight);
      peer.tier = tier;
      peer.route = route;
    }
    this.byLink = [];
    for (const peer of [...busy, ...this.list]) (this.byLink[peer.link.index] ??= [])[peer.unit + 1] = peer;
    return { added, movedShare: this.group() };
  }

  /** Puts the peers of each route together; gives the largest share of keys that go elsewhere now. */
  private group(): number {
    for (const { rotation } of this.upstreams) rotation.settle();
    const said = new Set(this.isRouted ? this.list.map(({ route }) => route) : []);
    said.delete(ANY_ROUTE);
    const before = this.routes;
    this.routes = null;
    for (const route of said)
      (this.routes ??= new Map<number, Upstream>()).set(route, before?.get(route) ?? this.newUpstream());
    const moved = [this.fill(this.all, (peer) => this.routes === null || peer.route === ANY_ROUTE)];
    for (const [route, upstream] of this.routes ?? [])
      moved.push(this.fill(upstream, (peer) => peer.route === route));
    this.byRequest = Array.from({ length: ROUTES }, (_, request) => this.closest(request));
    return Math.max(...moved);
  }

  private closest(request: number): Upstream {
    let best = this.all;
    let closest = 0;
    for (const [route, upstream] of this.routes ?? []) {
      const close = fit(route, request);
      if (close <= closest) continue;
      best = upstream;
      closest = close;
    }
    return best;
  }

  private newUpstream(): Upstream {
    const upstream = new Upstream(this);
    upstream.useAlgorithm(this.createAlgorithm(upstream.rotation, false));
    return upstream;
  }

  private fill(upstream: Upstream, takes: (peer: Peer) => boolean): number {
    const wasWeighted = upstream.isWeighted;
    const moved = upstream.take(this.list.filter(takes));
    upstream.zones = this.createZones?.(upstream.list) ?? null;
    if (wasWeighted !== upstream.isWeighted)
      upstream.useAlgorithm(this.createAlgorithm(upstream.rotation, upstream.isWeighted));
    return moved;
  }

  private get upstreams(): readonly Upstream[] {
    return [this.all, ...(this.routes?.values() ?? [])];
  }

  /** `isRouted`: whether routes are seen. */
  useAlgorithm(
    create: (rotation: SmoothRotation, isWeighted: boolean) => Algorithm,
    isRouted: boolean,
  ): void {
    this.createAlgorithm = create;
    // Rules may have changed by which peers gain.
    for (const { rotation } of this.upstreams) rotation.settle();
    for (const each of this.upstreams) each.useAlgorithm(create(each.rotation, each.isWeighted));
    if (isRouted === this.isRouted) return;
    this.isRouted = isRouted;
    this.group();
  }

  /** Those a request for the route, or a peer of it, belongs to. */
  upstreamOf(route: number): Upstream {
    return this.routes === null ? this.all : this.byRequest[route];
  }

  /** The peer for a request, or null when none may be used. Counts nothing yet: `begin` does. */
  pick(ask: Ask): Peer | null {
    return this.upstreamOf(ask.route).pick(ask);
  }

  /** Some peer would be used if it had room. */
  isFull(ask: Ask): boolean {
    return this.upstreamOf(ask.route).isFull(ask);
  }

  find(link: number, unit: number): Peer | undefined {
    const peers = this.byLink[link];
    return peers?.[unit + 1] ?? peers?.[ANY_UNIT + 1];
  }

  /** Passively ejected: failed too often, and the time for the next trial has not come (nginx §4.2). */
  isEjected(peer: Peer, now: number): boolean {
    const { maxFails, failTimeoutNs } = this.rules;
    if (maxFails === 0 || peer.isAlone) return false;
    return peer.fails >= maxFails && now - peer.checked <= failTimeoutNs;
  }

  isHealthy(peer: Peer, now: number): boolean {
    return peer.up && peer.ejectedAt === Infinity && (peer.fails === 0 || !this.isEjected(peer, now));
  }

  /** Limits may grow with slow start. */
  hasRoom(peer: Peer, now: number): boolean {
    const { maxPerPeer, slowStart } = this.rules;
    if (maxPerPeer === 0 || peer.conns === 0) return true;
    return peer.conns < limitOf(slowStart, maxPerPeer, now - peer.since);
  }

  weightOf(peer: Peer, ask: Ask): number {
    return peer.since === NEVER
      ? peer.weight
      : peer.weight * rampOf(this.rules.slowStart, ask.now - peer.since);
  }

  /** The peer of a sticky cookie, if requests may still go there; weight 0 keeps its visitors (nginx, HAProxy). */
  ofCookie(slot: number, ask: Ask): Peer | null {
    const peer = this.list.find((candidate) => candidate.slot === slot);
    if (!peer || !this.isHealthy(peer, ask.now) || !this.hasRoom(peer, ask.now)) return null;
    return ask.tried.includes(peer) || this.upstreamOf(peer.route) !== this.upstreamOf(ask.route)
      ? null
      : peer;
  }

  healthyShare(now: number): number {
    return this.list.filter((peer) => this.isHealthy(peer, now)).length / this.list.length;
  }

  /** The busiest peer's picks ÷ their mean, since this was last asked, of the routes the worst; NaN without picks. */
  takeImbalance(): number {
    const found = this.upstreams
      .map((upstream) => upstream.takeImbalance())
      .filter((each) => !Number.isNaN(each));
    return found.length === 0 ? NaN : Math.max(...found);
  }

  /** A request that came over a link goes to a peer. */
  countZone(link: number, peer: Peer): void {
    const { zones } = this.upstreamOf(peer.route);
    if (zones === null) return;
    this.seen++;
    if (zones.isCrossing(link, peer)) this.crossed++;
  }

  get crossings(): { label: string; value: number }[] {
    return [
      { label: 'Stayed in their zone', value: this.seen - this.crossed },
      { label: 'Went to another zone', value: this.crossed },
    ];
  }

  /** A request (layer 4: a connection) goes there. */
  begin(peer: Peer, clock: { readonly now: number }): void {
    if (clock.now - peer.checked > this.rules.failTimeoutNs) peer.checked = clock.now;
    peer.conns++;
    peer.picks++;
  }

  /** Passive check: a request ended; `failed` when it counts against the peer. */
  note(peer: Peer, failed: boolean, clock: { readonly now: number }): void {
    if (failed) {
      const { now } = clock;
      peer.fails++;
      peer.accessed = peer.checked = now;
      penalize(peer, this.rules.maxFails);
    } else if (peer.accessed < peer.checked) peer.fails = 0;
  }
}

/** The units a link leads to; ANY_UNIT alone where the callee knows itself which of them a call belongs to. */
function unitsBehind(link: Link): readonly number[] {
  const { behaviour, units } = link.callee as Station;
  return behaviour.placesCalls ? [ANY_UNIT] : units.filter((unit) => unit.offered).map((unit) => unit.index);
}
