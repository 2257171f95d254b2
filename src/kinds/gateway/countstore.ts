/**
 * The store that holds the counts its replicas share, as a replica finds it: well, slow or down. It must not know
 * requests, nor what is counted.
 */
import { toNs, toWholeNs } from '../../engine/time.ts';
import type { GatewayParams } from './spec.ts';

export class CountStore {
  /** Requests decided without it since the start. */
  missed = 0;
  /** Nobody gets an answer from it, not even to what was asked before. */
  isDown = false;
  /** Its answers take so many times as long. */
  private times = 1;
  /** `missed`, when its trouble began. */
  private missedBefore = 0;
  private params: GatewayParams;

  constructor(params: GatewayParams) {
    this.params = params;
  }

  /** It stays as well as it is. */
  configure(params: GatewayParams): void {
    this.params = params;
  }

  /** Time until a replica that works `slow` times slower has its answer, ns; without an answer −1 − the time it waits. */
  ask(slow: number): number {
    const { sharedMs, sharedTimeoutMs } = this.params;
    const limit = toNs(sharedTimeoutMs);
    if (this.isDown) return -1 - limit;
    const wait = toWholeNs(toNs(sharedMs) * this.times * slow);
    return limit > 0 && wait > limit ? -1 - limit : wait;
  }

  get isBroken(): boolean {
    return (this.isDown || this.times > 1) && this.params.sharedState;
  }

  /** What the fault means to `who`; null when it is no fault of the store. */
  befall(fault: string, factor: number, who: string): string | null {
    if (fault !== 'storeDown' && fault !== 'storeSlow' && fault !== 'storeUp') return null;
    const missed = this.missed - this.missedBefore;
    if (!this.isDown && this.times === 1) this.missedBefore = this.missed;
    this.isDown = fault === 'storeDown';
    this.times = fault === 'storeSlow' ? factor : 1;
    if (!this.params.sharedState)
      return `The replicas of ${who} share no counts, so their store does not matter`;
    if (fault === 'storeUp')
      return `${who} has its shared counts back. Requests decided without them: ${missed}`;
    const isLate = this.ask(1) < 0;
    const without = this.params.failOpen ? 'lets every request pass' : 'answers every request with 503';
    const then = isLate ? `, so it ${without}` : '';
    return this.isDown
      ? `The shared counts of ${who} are down${then}`
      : `The shared counts of ${who} answer ${factor} times slower${then}`;
  }
}
