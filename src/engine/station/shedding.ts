/**
 * How a station with servers protects itself from more than it can do: who is not let in, and who is dropped when it is
 * its turn. Settings for all units, rules for each. It must not know queues.
 */
import { type Admission, ClassLimit, Gradient2Limit, GradientLimit } from './admission.ts';
import { CoDel, type DropRule, StandingQueue } from './codel.ts';
import type { Core } from '../core.ts';
import type { Stream } from '../chance/random.ts';

export interface SheddingSettings {
  readonly kind: 'codel' | 'standing' | 'gradient' | 'gradient2' | 'classes';
  /** Of `codel` and `standing`, ns. */
  readonly targetNs: number;
  readonly intervalNs: number;
  /** Calls one unit takes in, at work or waiting. */
  readonly places: number;
}

/** A unit as those who protect it see it. */
interface Protected {
  readonly index: number;
  /** Calls inside. */
  readonly inside: number;
}

export class Shedding {
  private readonly settings: SheddingSettings;
  private readonly chance: Stream;
  private readonly doors: (Admission | undefined)[] = [];
  private readonly rules: (DropRule | undefined)[] = [];

  constructor(core: Core, id: string, settings: SheddingSettings) {
    this.settings = settings;
    this.chance = core.stream(id, 'shedding');
  }

  isSetTo(settings: SheddingSettings): boolean {
    const names = ['kind', 'targetNs', 'intervalNs', 'places'] as const;
    return names.every((name) => this.settings[name] === settings[name]);
  }

  /** The process of a unit is a new one: it has learnt nothing yet. */
  forget(unit: number): void {
    this.doors[unit] = this.rules[unit] = undefined;
  }

  /** Whether a call that is counted among those inside may stay. */
  admits({ index, inside }: Protected, priority: number, now: number): boolean {
    return this.doorOf(index)?.admits(inside - 1, priority, now) ?? true;
  }

  ended({ index, inside }: Protected, tookNs: number, now: number): void {
    this.doorOf(index)?.ended(tookNs, inside, now);
  }

  /** Whether to drop a call whose turn it is. `left`: how many wait behind it. */
  drops({ index }: Protected, waitedNs: number, left: number, now: number): boolean {
    return this.ruleOf(index)?.drops(waitedNs, left, now) ?? false;
  }

  private doorOf(unit: number): Admission | undefined {
    const { kind, places } = this.settings;
    if (kind === 'gradient') return (this.doors[unit] ??= new GradientLimit(this.chance));
    if (kind === 'gradient2') return (this.doors[unit] ??= new Gradient2Limit());
    return kind === 'classes' ? (this.doors[unit] ??= new ClassLimit(places)) : undefined;
  }

  private ruleOf(unit: number): DropRule | undefined {
    const { kind, targetNs, intervalNs } = this.settings;
    if (kind === 'codel') return (this.rules[unit] ??= new CoDel(targetNs, intervalNs));
    return kind === 'standing' ? (this.rules[unit] ??= new StandingQueue(targetNs, intervalNs)) : undefined;
  }
}
