/** The probes of regions: when one is sent, and what results in a row make of a region. It must not know answers. */
import { sendProbe } from '../../engine/link/probing.ts';
import { ANY_UNIT } from '../../engine/calls/ends.ts';
import type { Core } from '../../engine/core.ts';
import type { Stream } from '../../engine/chance/random.ts';
import { toNs } from '../../engine/time.ts';
import type { Target } from './authority.ts';
import type { RouterParams } from './spec.ts';
import { CHECKER } from './vantages.ts';

interface CheckRules {
  readonly intervalNs: number;
  readonly timeoutNs: number;
  /** Results in a row that take a region out, or bring it back. */
  readonly inARow: number;
  readonly isDeep: boolean;
}

/** What it needs of the router. */
export interface Prober {
  probeAt(at: number, target: Target): void;
}

export class Checks {
  /** Null where regions are not probed. */
  private rules: CheckRules | null = null;
  private readonly core: Core;
  private readonly host: Prober;
  /** Spreads the first probes over an interval. */
  private readonly phases: Stream;

  constructor(core: Core, host: Prober, phases: Stream) {
    this.core = core;
    this.host = host;
    this.phases = phases;
  }

  apply(p: RouterParams): void {
    const [intervalNs, timeoutNs] = [toNs(p.checkMs), toNs(p.checkTimeoutMs)];
    this.rules = p.check ? { intervalNs, timeoutNs, inARow: p.checkFails, isDeep: p.depth === 'deep' } : null;
  }

  /** Without probes all regions count as well. */
  start(targets: readonly Target[]): void {
    const { rules } = this;
    for (const target of targets) {
      if (rules === null) target.up = true;
      else if (!target.isProbed) {
        target.isProbed = true;
        this.host.probeAt(this.core.now + Math.round(this.phases.uniform() * rules.intervalNs), target);
      }
    }
  }

  /** The time has come for a region's probe, unless checks are off by now. */
  probe(target: Target): void {
    const { rules } = this;
    target.isProbed = rules !== null;
    if (rules === null) return;
    const probe = sendProbe(target.link, CHECKER, ANY_UNIT, rules.isDeep, rules.timeoutNs);
    if (probe < 0) this.host.probeAt(this.core.now + rules.intervalNs, target);
  }

  /** A probe that was sent at this instant ended; a sentence when that changed what is thought of the region. */
  probed(target: Target, passed: boolean, sentNs: number): string | null {
    const { rules } = this;
    target.isProbed = rules !== null;
    if (rules === null) return null;
    this.host.probeAt(Math.max(this.core.now, sentNs + rules.intervalNs), target);
    if (!count(target, passed, rules.inARow)) return null;
    const words = passed ? 'is back in the answers' : 'is left out of the answers';
    return `${target.label} ${words}: ${rules.inARow} probes in a row ${passed ? 'passed' : 'failed'}`;
  }
}

/** True when the result changed what is thought of the region. */
function count(target: Target, passed: boolean, inARow: number): boolean {
  if (passed === target.up) target.against = 0;
  else if (++target.against >= inARow) {
    target.up = passed;
    target.against = 0;
    return true;
  }
  return false;
}
