/**
 * Which address a client uses: one it keeps by itself, one its resolver remembers, or a new answer of the authority. It
 * must not know calls.
 */
import type { Stream } from '../../engine/chance/random.ts';
import { BY_ITSELF, FROM_MEMORY } from '../../engine/records/recorder.ts';
import { toNs } from '../../engine/time.ts';
import { type Authority, distance, type Target } from './authority.ts';
import { type Clients, HONOURS, LATE, PINNED } from './clients.ts';
import type { RouterParams } from './spec.ts';
import type { Place, Vantages } from './vantages.ts';

export class Address {
  /** Name servers do not answer. */
  isSilent = false;
  lookups = 0;
  /** By what the last known address was known. */
  how = BY_ITSELF;
  lookupNs = 0;
  /** Regions by index of their link. */
  byLink: readonly Target[] = [];

  private readonly authority: Authority;
  private readonly vantages: Vantages;
  private readonly answers: Stream;
  /** How old what resolvers remember is when a run begins. */
  private readonly ages: Stream;
  private ttlNs = 0;
  private lateNs = 0;
  private keepNs = 0;
  private lateShare = 0;
  private pinnedShare = 0;
  /** By number of the vantage, then by index of the link: what may be answered now, and what is not the nearest. */
  private allowed: Uint8Array[] = [];
  private past: Uint8Array[] = [];

  constructor(authority: Authority, vantages: Vantages, answers: Stream, ages: Stream) {
    this.authority = authority;
    this.vantages = vantages;
    this.answers = answers;
    this.ages = ages;
  }

  apply(p: RouterParams): void {
    this.ttlNs = toNs(p.ttlMs);
    this.lookupNs = toNs(p.lookupMs);
    this.lateNs = toNs(p.lateMs);
    this.keepNs = toNs(p.keepAliveMs);
    this.lateShare = p.lateShare;
    this.pinnedShare = p.pinnedShare;
  }

  /** The region for a request of this visitor; null when its resolver has to ask first. */
  known(link: number, session: number, vantage: Place, now: number): Target | null {
    const clients = this.vantages.clientsOf(link);
    const client = clients.of(session);
    const kept = this.kept(clients, client, now);
    this.how = kept ? BY_ITSELF : FROM_MEMORY;
    return kept ?? this.fromResolver(clients, client, vantage, now);
  }

  /** The same after the resolver asked; null when nobody answered. */
  asked(link: number, session: number, vantage: Place, now: number): Target | null {
    const clients = this.vantages.clientsOf(link);
    const client = clients.of(session);
    const { resolvers } = vantage;
    const resolver = resolvers.of(clients.chance(client, 0));
    if (!resolvers.isFresh(resolver, now)) {
      if (this.isSilent) return null;
      this.lookups++;
      // One nanosecond more, so that an answer without a time to live serves the request that asked for it.
      resolvers.keep(resolver, this.answerFor(vantage), now + this.ttlNs + 1);
    }
    return this.fromResolver(clients, client, vantage, now);
  }

  /** An address failed: the client keeps it no more. The next of the same answer, or null after `tried` of them. */
  failed(link: number, session: number, { resolvers }: Place, tried: number): Target | null {
    const clients = this.vantages.clientsOf(link);
    const client = clients.of(session);
    clients.forget(client);
    const resolver = resolvers.of(clients.chance(client, 0));
    if (tried + 1 >= resolvers.length(resolver)) return null;
    return this.byLink[resolvers.address(resolver, clients.turn(client))] ?? null;
  }

  /** What the client uses without asking anybody. */
  private kept(clients: Clients, client: number, now: number): Target | null {
    const target = this.byLink[clients.linkOf(client)];
    if (target === undefined) return null;
    const behaviour = clients.behaves(client, this.lateShare, this.pinnedShare);
    const isKept =
      (this.keepNs > 0 && now - clients.usedNs(client) <= this.keepNs) ||
      behaviour === PINNED ||
      (behaviour === LATE && now < clients.untilNs(client));
    if (!isKept) return null;
    clients.use(client, now);
    return target;
  }

  private fromResolver(clients: Clients, client: number, vantage: Place, now: number): Target | null {
    const { resolvers } = vantage;
    const resolver = resolvers.of(clients.chance(client, 0));
    if (resolvers.isNew(resolver)) {
      // Others have asked it before this run began: what it remembers is of any age.
      resolvers.keep(resolver, this.answerFor(vantage), now + Math.round(this.ttlNs * this.ages.uniform()));
    }
    if (!resolvers.isFresh(resolver, now)) return null;
    const target = this.byLink[resolvers.address(resolver, clients.turn(client))];
    if (target === undefined) return null;
    const behaviour = clients.behaves(client, this.lateShare, this.pinnedShare);
    if (behaviour !== HONOURS || this.keepNs > 0) {
      const until = resolvers.untilNs(resolver);
      clients.choose(
        client,
        target.link.index,
        behaviour === LATE ? this.keptUntil(clients, client, until, now) : 0,
      );
      clients.use(client, now);
    }
    return target;
  }

  /** Of a client that keeps it longer; the first time it is somewhere within that time. */
  private keptUntil(clients: Clients, client: number, untilNs: number, now: number): number {
    const isFirst = Number.isNaN(clients.untilNs(client));
    const until = untilNs + this.lateNs;
    return isFirst ? now + Math.round((until - now) * this.ages.uniform()) : until;
  }

  private answerFor(vantage: Place): readonly number[] {
    return this.authority.answer(vantage, vantage.unit - 1, this.answers);
  }

  /** Health, weights, links or distances changed. */
  forgetAllowed(): void {
    this.allowed = [];
    this.past = [];
  }

  /** Whether a lookup from here could lead there now. */
  isAllowed(vantage: Place, target: Target): boolean {
    this.allowed[vantage.unit] ??= this.marks(this.authority.allowed(vantage, vantage.unit - 1));
    return this.allowed[vantage.unit][target.link.index] === 1;
  }

  /** Whether another region is nearer, well or not. */
  isPastNearer(vantage: Place, target: Target): boolean {
    this.past[vantage.unit] ??= this.marks(this.fartherThanOne(vantage));
    return this.past[vantage.unit][target.link.index] === 1;
  }

  private fartherThanOne(vantage: Place): readonly Target[] {
    const { targets } = this.authority;
    const least = Math.min(...targets.map((target) => distance(vantage, target)));
    return targets.filter((target) => distance(vantage, target) > least);
  }

  private marks(targets: readonly Target[]): Uint8Array {
    const marks = new Uint8Array(this.byLink.length);
    for (const target of targets) marks[target.link.index] = 1;
    return marks;
  }
}
