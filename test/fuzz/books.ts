// The books of a running system, kept a second time from the calls alone: whatever a station, link, unit or client counts
// must be what the live calls add up to.
import { HALF_OPEN } from '../../src/engine/link/breaker.ts';
import * as state from '../../src/engine/calls/calls.ts';
import type { Source } from '../../src/engine/station/source.ts';
import type { System } from '../../src/engine/system.ts';

/** What does not add up, in words (O-36). */
export function findWrongBooks(system: System): string[] {
  const { calls } = system.core;
  const wrong = system.audit();
  const check = (what: string, counted: number, found: number) => {
    if (counted !== found) wrong.push(`${what}: counted ${counted}, found ${found}`);
  };
  const live: number[] = [];
  for (let c = 0; c < calls.end; c += state.ROW) if (calls.rows[c + state.PHASE] !== state.FREE) live.push(c);
  check('live calls', calls.live, live.length);

  for (const link of system.links) {
    const own = live.filter((c) => calls.rows[c + state.LINK] === link.index);
    const retried = own.filter((c) => calls.attempt(c) > 1);
    const waits = (c: number) =>
      calls.rows[c + state.PHASE] === state.BACKING_OFF || (calls.rows[c + state.FLAGS] & state.OPEN) !== 0;
    check(`${link.id} retries in flight`, link.retries.inFlight, retried.filter(waits).length);
    const openNow = own.filter((c) => (calls.rows[c + state.FLAGS] & state.OPEN) !== 0);
    const places = openNow.filter((c) => (calls.rows[c + state.FLAGS] & state.IN_BULKHEAD) !== 0);
    check(`${link.id} bulkhead`, link.gate.bulkhead.taken, places.length);
    if (link.connections?.isOn) {
      const connecting = openNow.filter((c) => calls.rows[c + state.PHASE] === state.CONNECTING);
      const { carried, waiting } = link.connections;
      if (carried + waiting > openNow.length || waiting > connecting.length)
        wrong.push(`${link.id}: ${carried} carried and ${waiting} waiting of ${openNow.length} open`);
    }
    for (const breaker of link.gate.breakers.all) {
      if (breaker.state !== HALF_OPEN) continue;
      const { breakerScope: scope } = link.settings;
      const isOf = (c: number) =>
        (scope === 'shared' || scope === 'peer' || calls.callerUnit(c) === breaker.unit) &&
        (breaker.peer < 0 || calls.rows[c + state.UNIT] === breaker.peer);
      const holds = (c: number) =>
        (calls.rows[c + state.FLAGS] & state.PERMITTED) !== 0 &&
        calls.rows[c + state.PERMIT] === breaker.epoch;
      const trials = openNow.filter((c) => isOf(c) && holds(c));
      check(`${link.id} trials of unit ${breaker.unit}`, breaker.trialsUnderWay, trials.length);
    }
  }
  for (const station of system.stations) {
    for (const unit of station.units) {
      const name = `${station.id}/${unit.index}`;
      const own = live.filter((c) => calls.rows[c + state.PHASE] === state.INSIDE && station.holds(c, unit));
      const has = (flag: number) => own.filter((c) => (calls.rows[c + state.FLAGS] & flag) !== 0).length;
      check(`${name} inside`, unit.inside, own.length);
      if (!unit.pool) continue;
      check(`${name} holding a server`, unit.pool.held, has(state.WORKING));
      check(`${name} queued`, unit.pool.queued, has(state.QUEUED));
      if (unit.runs && unit.pool.queued > 0 && unit.pool.busy < unit.pool.servers)
        wrong.push(`${name}: idle servers beside a queue`);
    }
  }
  for (const { id, behaviour, outgoing, stalled } of system.stations) {
    // A process that stands still has not read the answers that came meanwhile.
    if (stalled > 0) continue;
    const found = live.filter(
      (c) =>
        (calls.rows[c + state.FLAGS] & (state.OPEN | state.PROBE)) === state.OPEN &&
        outgoing.some(({ index }) => index === calls.rows[c + state.LINK]),
    ).length;
    // Peers that are no longer listed may have some as well.
    const counted = behaviour.parts
      .flatMap(({ list }) => list)
      .reduce((sum, { open }) => sum + (open || 0), 0);
    const waits = live.filter((c) => calls.rows[c + state.PHASE] === state.BACKING_OFF).length;
    if (counted > found + waits) wrong.push(`${id}: ${counted} open at its peers, found ${found}`);
  }
  for (const c of live) {
    const parent = calls.rows[c + state.PARENT];
    if (parent !== state.NONE && calls.rows[parent + state.CHILD] !== c && !isBesides(system, parent, c))
      wrong.push(`call ${c}: its parent waits for another`);
    const child = calls.rows[c + state.CHILD];
    if (child !== state.NONE && calls.rows[child + state.PARENT] !== c)
      wrong.push(`call ${c}: its child has another parent`);
  }
  for (const source of system.sources) {
    const { id, meter } = source.station;
    check(
      `${id} requests under way`,
      meter.open,
      live.filter((c) => isWaitedForBy(system, source, c)).length,
    );
  }
  return wrong;
}

/** Whether a client waits for a request that this call stands for; of hedges side by side only the first counts. */
function isWaitedForBy({ core: { calls }, links }: System, source: Source, c: number): boolean {
  const link = links[calls.rows[c + state.LINK]];
  if (link.caller !== source.station) return false;
  const isOpen = (calls.rows[c + state.FLAGS] & state.OPEN) !== 0;
  if (!isOpen && calls.rows[c + state.PHASE] !== state.BACKING_OFF) return false;
  return !link.hedging?.besides(c).some((other) => other < c);
}

/** Whether a call is one of several made at once, or a hedge beside one its parent knows of. */
function isBesides({ core: { calls, forks }, links }: System, parent: number, c: number): boolean {
  const besides = links[calls.rows[c + state.LINK]].hedging?.besides(c) ?? [];
  const forked = forks.of(parent);
  if (forked.length > 0) return forked.includes(c) || besides.some((each) => forked.includes(each));
  const child = calls.rows[parent + state.CHILD];
  return child !== state.NONE && besides.includes(child);
}

/** What is left in a system that should be empty. */
export function findLeftovers(system: System): string[] {
  const left: string[] = [];
  const empty = (what: string, n: number) => n !== 0 && left.push(`${what}: ${n}`);
  empty('live calls', system.core.calls.live);
  empty('forks', system.core.forks.size);
  for (const link of system.links) {
    empty(`${link.id} open`, link.meter.open);
    empty(`${link.id} connections in use`, link.connections?.carried ?? 0);
    empty(`${link.id} waiting for a connection`, link.connections?.waiting ?? 0);
    empty(`${link.id} retries in flight`, link.retries.inFlight);
    empty(`${link.id} bulkhead`, link.gate.bulkhead.taken);
    for (const breaker of link.gate.breakers.all) empty(`${link.id} trials`, breaker.trialsUnderWay);
  }
  for (const source of system.sources) empty(`${source.station.id} open`, source.station.meter.open);
  for (const { id, behaviour } of system.stations)
    empty(`${id}: thought to be under way`, underWayAt(behaviour));
  for (const { id, behaviour } of system.stations) {
    for (const part of behaviour.parts.flatMap(({ list }) => list))
      empty(`${id}: at ${part.name}`, part.open || 0);
  }
  for (const { id, units } of system.stations) {
    for (const { index, inside, pool } of units) {
      empty(`${id}/${index} inside`, inside);
      if (pool) empty(`${id}/${index} busy`, pool.busy);
      if (pool) empty(`${id}/${index} waiting`, pool.waiting);
    }
  }
  return left;
}

/** Requests that a balancer or a gateway believes to be under way behind it, by its own counts. */
function underWayAt(behaviour: object): number {
  const replicas: unknown = Reflect.get(behaviour, 'replicas');
  const counts: unknown = Reflect.get(behaviour, 'counts');
  const { layer } = (Reflect.get(behaviour, 'params') ?? {}) as { readonly layer?: string };
  // At layer 4 what is open is connections, which outlive the requests.
  if (Array.isArray(replicas) && layer !== 'l4')
    return sum((replicas as Replica[]).flatMap(({ peers }) => peers.list.map(({ conns }) => conns)));
  if (Array.isArray(counts))
    return sum((counts as Counts[]).flatMap((keys) => [...keys.values()].map(({ open }) => open)));
  return 0;
}

interface Replica {
  readonly peers: { readonly list: readonly { readonly conns: number }[] };
}

type Counts = ReadonlyMap<unknown, { readonly open: number }>;

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
