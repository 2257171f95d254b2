/** Clients: open-loop arrivals that wait for nobody, or users who think between requests. */
import { ARRIVAL } from '../../engine/agenda/agenda.ts';
import { READ, WRITE } from '../../engine/calls/calls.ts';
import { createKeySource, type KeySource } from '../../engine/chance/popularity.ts';
import { Source } from '../../engine/station/source.ts';
import { NS_PER_MS } from '../../engine/time.ts';
import { exponential } from '../../engine/chance/ziggurat.ts';
import { Arrivals } from './load.ts';
import { routeNumber } from '../routes.ts';
import type { ClientParams } from './spec.ts';
import type { Station } from '../../engine/station/station.ts';

/** Ticks carry the generation of the arrival process, so that a changed rate voids the arrival already drawn. */
const GENERATIONS = 0x1000000;

/** A change of any other parameter leaves the arrivals as they are. */
const LOAD_PARAMS = [
  'load',
  'rateRps',
  'peakRps',
  'startMs',
  'lengthMs',
  'calmMs',
  'burstMs',
  'batch',
  'times',
] as const;

class Client extends Source {
  private params: ClientParams;
  private keys: KeySource;
  private surge = 1;
  private generation = 0;
  /** Closed loop: users who may start requests, thinking or waiting. */
  private users = 0;
  /** Requests under way that none of these users waits for: they were made before the process began anew. */
  private strangers = 0;
  private readonly arrivalDraws = this.stream('arrivals');
  private arrivals!: Arrivals;
  private readonly thinking = this.stream('thinking');
  private readonly operations = this.stream('operations');
  private readonly keyChoice = this.stream('keys');
  private readonly visitors = this.stream('visitors');

  constructor(params: ClientParams, station: Station) {
    super(station);
    this.params = params;
    this.keys = this.keySource();
    this.priority = params.priority;
    this.route = routeNumber(params);
    station.setUnits(1, 0, false);
    this.begin();
  }

  override reconfigure(params: ClientParams): void {
    const before = this.params;
    this.params = params;
    this.keys = this.keySource();
    this.priority = params.priority;
    this.route = routeNumber(params);
    if (before.load === 'users' && params.load === 'users') this.addUsers();
    else if (LOAD_PARAMS.some((name) => before[name] !== params[name])) this.begin();
  }

  override fault(fault: string, _unit: number, factor: number): string | null {
    if (fault !== 'traffic' && fault !== 'calm') return null;
    this.surge = factor;
    if (this.params.load === 'users') this.addUsers();
    else this.begin();
    return factor === 1
      ? `${this.station.label} is back to normal traffic`
      : `${this.station.label} sends ${factor} times the traffic`;
  }

  override tick(generation: number): void {
    if (generation !== this.generation % GENERATIONS) return;
    if (this.params.load === 'users') return this.userReturns();
    for (let i = 0; i < this.params.batch; i++) this.startOne();
    this.scheduleNext();
  }

  /** A user who waited for this answer thinks, or leaves when there are too many by now. */
  protected override ended(_session: number): void {
    if (this.params.load !== 'users' || !this.station.attached) return;
    if (this.strangers > 0) this.strangers--;
    else if (this.users > this.wantedUsers()) this.users--;
    else this.think();
  }

  override stop(): void {
    this.generation++;
  }

  override totals(): { label: string; value: number }[] {
    return this.degraded > 0 ? [{ label: 'Answered with a fallback', value: this.degraded }] : [];
  }

  override windowClosed(): void {
    this.station.gauges[0] = this.station.meter.failedShare;
    this.station.gauges[1] = this.shareOf('stale', this.staleReads, this.reads);
  }

  private keySource(): KeySource {
    const { popularity, keys, zipfExponent, hotShare, keyOrder } = this.params;
    return createKeySource({
      popularity: popularity as 'zipf' | 'uniform' | 'hot',
      keys,
      exponent: zipfExponent,
      hotShare,
      order: keyOrder as 'scattered' | 'adjacent',
      seed: this.core.seed,
    });
  }

  /** Starts the arrival process anew from now. */
  private begin(): void {
    this.generation++;
    this.arrivals = new Arrivals(this.params, this.arrivalDraws, this.core.agenda);
    this.users = 0;
    this.strangers = this.station.meter.open;
    if (this.params.load === 'users') this.addUsers();
    else this.scheduleNext();
  }

  private scheduleNext(): void {
    this.arrivals.next(this.surge);
    if (this.core.agenda.due !== Infinity) this.tickWhenDue(ARRIVAL, this.generation % GENERATIONS);
  }

  private wantedUsers(): number {
    return Math.round(this.params.users * this.surge);
  }

  /** New users arrive spread over one think time. */
  private addUsers(): void {
    for (; this.users < this.wantedUsers(); this.users++) {
      const wait = this.thinking.uniform() * this.params.thinkMs * NS_PER_MS;
      this.tickAt(this.core.now + Math.round(wait), ARRIVAL, this.generation % GENERATIONS);
    }
  }

  private think(): void {
    const pause = exponential(this.thinking) * this.params.thinkMs * NS_PER_MS;
    this.tickAt(this.core.now + Math.round(pause), ARRIVAL, this.generation % GENERATIONS);
  }

  private userReturns(): void {
    if (this.users > this.wantedUsers()) this.users--;
    else if (!this.startOne()) this.think();
  }

  private startOne(): boolean {
    const operation = this.operations.chance(this.params.readShare) ? READ : WRITE;
    const { sessions, writeKeys, keys } = this.params;
    const anyKey = operation === WRITE && writeKeys === 'any';
    const key = anyKey ? this.keyChoice.below(keys) : this.keys.draw(this.keyChoice);
    return this.start(operation, key, this.visitors.below(sessions));
  }
}

export function build(params: ClientParams, station: Station): Client {
  return new Client(params, station);
}
