/** Maglev (Eisenbud et al. 2016): a table in which every peer has nearly the same number of places. */
import { hash32, hashString } from '../../engine/chance/random.ts';
import { Algorithm, type Choices } from './algorithm.ts';
import { chooseBounded, haveRoom } from './bounded.ts';
import { CRC_START, finish } from '../../model/checksum.ts';
import type { HashKey } from './hashkey.ts';
import type { SmoothRotation } from './rotation.ts';
import type { Ask, Peer } from './peer.ts';
import type { Variant } from './slowstart.ts';

/** Prime, and far more than peers. */
export const TABLE_SIZE = 65_537;
const OFFSET_SALT = 1;
const SKIP_SALT = 2;
const PROBE_SALT = 3;

/**
 * Place of the owner of each slot in the list given. Peers take turns, in order of name; each takes its next free slot of
 * offset + j · skip. One with less weight than the largest lets turns pass.
 */
export function makeTable(
  servers: readonly { readonly name: string; readonly weight: number }[],
  size: number,
): Int16Array {
  const table = new Int16Array(size).fill(-1);
  const most = Math.max(...servers.map((server) => server.weight), 0);
  const order = servers
    .map((server, owner) => ({
      owner,
      weight: server.weight,
      name: server.name,
      next: hashString(server.name, OFFSET_SALT) % size,
      skip: (hashString(server.name, SKIP_SALT) % (size - 1)) + 1,
      due: 0,
    }))
    .filter((server) => server.weight > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (order.length === 0) return table;
  let filled = 0;
  for (let round = 1; ; round++) {
    for (const server of order) {
      if (round * server.weight < server.due) continue;
      server.due += most;
      while (table[server.next] >= 0) server.next = (server.next + server.skip) % size;
      table[server.next] = server.owner;
      if (++filled === size) return table;
    }
  }
}

export class Maglev extends Algorithm {
  private readonly rotation: SmoothRotation;
  private readonly key: HashKey;
  private readonly rule: Variant;
  /** Open requests of a peer may be this many times the mean; 0 = no bound. */
  private readonly boundFactor: number;
  private table = makeTable([], TABLE_SIZE);
  private names: readonly string[] = [];
  /** Places of each peer, by its place in the list; counted when somebody looks. */
  private places: Int32Array | null = null;

  constructor(rotation: SmoothRotation, key: HashKey, rule: Variant, boundFactor: number) {
    super();
    this.rotation = rotation;
    this.key = key;
    this.rule = rule;
    this.boundFactor = boundFactor;
  }

  override rebuilt(list: readonly Peer[]): number {
    const { table: before, names } = this;
    this.table = makeTable(list, TABLE_SIZE);
    this.names = list.map((peer) => peer.name);
    this.places = null;
    if (names.length === 0) return 0;
    let moved = 0;
    for (let slot = 0; slot < TABLE_SIZE; slot++) {
      if (names[before[slot]] !== this.names[this.table[slot]]) moved++;
    }
    return moved / TABLE_SIZE;
  }

  private placesOf({ place }: Peer): number {
    if (this.places === null) {
      this.places = new Int32Array(this.names.length);
      for (const owner of this.table) if (owner >= 0) this.places[owner]++;
    }
    return this.places[place];
  }

  override shareOf(peer: Peer): number {
    return this.placesOf(peer) / TABLE_SIZE;
  }

  override wordsOf(peer: Peer): string {
    return `${this.placesOf(peer)} of ${TABLE_SIZE} places`;
  }

  choose(peers: Choices, ask: Ask): Peer | null {
    if (this.key.isEmpty?.(ask)) return this.rotation.choose(peers, ask);
    const hash = finish(this.key.add(CRC_START, ask));
    if (this.rule !== 'envoy') return this.probe(peers, ask, hash, haveRoom(peers.list, this.boundFactor));
    const own = this.probe(peers, ask, hash, null);
    return own === null || this.boundFactor === 0
      ? own
      : chooseBounded(peers, ask, own, hash, this.boundFactor);
  }

  /** The owner of the slot; when that one may not be used or has no room, the others in an order of the key's own. */
  private probe(peers: Choices, ask: Ask, hash: number, room: readonly boolean[] | null): Peer | null {
    const { list } = peers;
    const owner = this.table[hash % TABLE_SIZE];
    if (owner < 0) return null;
    if ((room === null || room[owner]) && peers.isEligible(list[owner], ask)) return list[owner];
    const first = hash32(hash, PROBE_SALT) % list.length;
    let least: Peer | null = null;
    for (let i = 0; i < list.length; i++) {
      const place = (first + i) % list.length;
      const peer = list[place];
      if (!peers.isEligible(peer, ask)) continue;
      if (room === null || room[place]) return peer;
      if (least === null || peer.conns * least.weight < least.conns * peer.weight) least = peer;
    }
    return least;
  }
}
