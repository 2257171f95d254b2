/**
 * How a station with servers protects itself from more than it can do: who is not let in, and who is dropped when it is
 * its turn. Settings for all units, rules for each. It must not know queues.
 */
import { type Admission, ClassLimit, Gradient2Limit, GradientLimit } from './admission.ts';
import { CoDel, type DropRule, StandingQueue } from './codel.ts';
import type { Core } from './core.ts';
import type { Stream } from './random.ts';

export interface SheddingSettings {
  readonly kind: 'none' | 'codel' | 'standing' | 'gradient' | 'gradient2' | 'classes';
  /** Of `codel` and `standing`, ns. */
  readonly targetNs: number;
  readonly intervalNs: number;
  /** Calls one unit takes in, at work or waiting. */
  readonly places: number;
}

export class Shedding {
  /** Calls not let in or dropped. */
  shed = 0;
  /** Some rule is on. */
  isOn = false;
  private settings: SheddingSettings = { kind: 'none', targetNs: 0, intervalNs: 0, places: 0 };
  private readonly chance: Stream;
  private doors: (Admission | undefined)[] = [];
  private rules: (DropRule | undefined)[] = [];

  constructor(core: Core, id: string) {
    this.chance = core.stream(id, 'shedding');
  }

  /** Rules whose settings changed begin anew. */
  configure(settings: SheddingSettings): void {
    const before = this.settings;
    this.settings = settings;
    this.isOn = settings.kind !== 'none';
    const names = ['kind', 'targetNs', 'intervalNs', 'places'] as const;
    if (names.every((name) => before[name] === settings[name])) return;
    this.doors = [];
    this.rules = [];
  }

  /** The process of a unit is a new one: it has learnt nothing yet. */
  forget(unit: number): void {
    this.doors[unit] = this.rules[unit] = undefined;
  }

  /** Whether a call may come in; `inside` counts it already. */
  admits(unit: number, inside: number, priority: number, now: number): boolean {
    const admits = this.doorOf(unit)?.admits(inside - 1, priority, now) ?? true;
    if (!admits) this.shed++;
    return admits;
  }

  ended(unit: number, tookNs: number, inside: number, now: number): void {
    this.doorOf(unit)?.ended(tookNs, inside, now);
  }

  /** Whether to drop a call whose turn it is. */
  drops(unit: number, waitedNs: number, left: number, now: number): boolean {
    const drops = this.ruleOf(unit)?.drops(waitedNs, left, now) ?? false;
    if (drops) this.shed++;
    return drops;
  }

  /** Calls a unit lets in at once; NaN where it sets no limit itself. */
  limitOf(unit: number): number {
    return this.doors[unit]?.limit ?? NaN;
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
