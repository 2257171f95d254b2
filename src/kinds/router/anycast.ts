/**
 * Anycast: to which region the network leads the clients of a vantage. When that has to change, the network takes its
 * time, then moves them all at once and breaks what was open. It must not know answers or resolvers.
 */
import { INSIDE, PHASE, ROW } from '../../engine/calls/calls.ts';
import { RESET } from '../../engine/calls/outcomes.ts';
import type { Stream } from '../../engine/chance/random.ts';
import type { Station } from '../../engine/station/station.ts';
import { NS_PER_MS } from '../../engine/time.ts';
import type { Authority, Target } from './authority.ts';
import type { RouterParams } from './spec.ts';
import type { Place } from './vantages.ts';

/** What it needs of the router. */
export interface Host {
  convergeAt(at: number, vantage: Place): void;
  say(words: string): void;
  isLinked(target: Target): boolean;
}

export class Anycast {
  private readonly station: Station;
  private readonly authority: Authority;
  private readonly convergence: Stream;
  private readonly host: Host;

  constructor(station: Station, authority: Authority, convergence: Stream, host: Host) {
    this.station = station;
    this.authority = authority;
    this.convergence = convergence;
    this.host = host;
  }

  /** Where requests from here go now; null when no region is linked. */
  caughtBy(vantage: Place): Target | null {
    if (!this.isCaught(vantage)) vantage.caught = this.authority.announcing(vantage);
    return vantage.caught;
  }

  /** The network begins to learn that another region is the nearest one that announces the address. */
  reroute(vantage: Place, { convergeMinMs, convergeMaxMs }: RouterParams): void {
    if (vantage.isMoving || !this.isCaught(vantage)) return;
    if (this.authority.announcing(vantage) === vantage.caught) return;
    const wait = convergeMinMs + Math.max(0, convergeMaxMs - convergeMinMs) * this.convergence.uniform();
    vantage.isMoving = true;
    this.host.convergeAt(this.station.core.now + Math.round(wait * NS_PER_MS), vantage);
  }

  /** It has learned it: what holds now may be another region again than the one it began with. */
  converge(vantage: Place): void {
    vantage.isMoving = false;
    const to = this.authority.announcing(vantage);
    if (to === null || to === vantage.caught) return;
    const from = vantage.caught?.label ?? 'nowhere';
    vantage.caught = to;
    const broken = this.resetAllFrom(vantage);
    const connections = broken === 1 ? 'connection was' : 'connections were';
    const words = `the network leads ${vantage.label} to ${to.label} now, away from ${from}`;
    this.host.say(`${words}: ${broken} ${connections} reset`);
  }

  private isCaught({ caught }: Place): boolean {
    return caught !== null && this.host.isLinked(caught);
  }

  /** Packets of open connections arrive in a region that knows nothing of them. */
  private resetAllFrom(vantage: Place): number {
    const { station } = this;
    const { calls } = station.core;
    const unit = station.units[vantage.unit];
    let broken = 0;
    for (let c = 0; c < calls.end; c += ROW) {
      if (calls.rows[c + PHASE] !== INSIDE || !station.holds(c, unit)) continue;
      if (!station.isWaiting(c)) continue;
      station.abandonCalls(c);
      station.answer(c, RESET);
      broken++;
    }
    return broken;
  }
}
