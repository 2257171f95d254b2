/**
 * When open-loop clients start requests: steady, ramp, spike, waves, bursts or as recorded. A rate that varies with time
 * is a Poisson process by thinning (Lewis & Shedler 1979). It must not know what is requested.
 */
import type { Agenda } from '../../engine/agenda/agenda.ts';
import type { Stream } from '../../engine/chance/random.ts';
import { drawExponential, exponential } from '../../engine/chance/ziggurat.ts';
import { NS_PER_MS, toWholeNs } from '../../engine/time.ts';
import { numbersOf } from '../../model/series.ts';
import type { ClientParams } from './spec.ts';

const NS_PER_SECOND = 1000 * NS_PER_MS;

/** One period of a cosine from 1 down to 0 and back. */
function wave(phase: number): number {
  const x = phase - Math.floor(phase);
  const half = x < 0.5 ? x : 1 - x;
  return 0.5 * (1 + (half < 0.25 ? cosineOf(half) : -cosineOf(0.5 - half)));
}

/** cos(2πx) for 0 ≤ x ≤ ¼, by Bhaskara's rational approximation (error below 0.2 %). */
function cosineOf(x: number): number {
  const t = 90 - x * 360;
  const q = t * (180 - t);
  return (4 * q) / (40_500 - q);
}

/** Requests per second at an instant (ms), before any surge. */
export function rateAt(p: ClientParams, ms: number): number {
  switch (p.load) {
    case 'ramp': {
      const done = Math.min(1, Math.max(0, (ms - p.startMs) / p.lengthMs));
      return p.rateRps + (p.peakRps - p.rateRps) * done;
    }
    case 'spike':
      return ms >= p.startMs && ms < p.startMs + p.lengthMs ? p.peakRps : p.rateRps;
    case 'sine':
      return p.rateRps + (p.peakRps - p.rateRps) * (1 - wave(ms / p.lengthMs));
    default:
      return p.rateRps;
  }
}

/** When the requests of open-loop clients start, one instant after the other. */
export class Arrivals {
  private readonly params: ClientParams;
  private readonly stream: Stream;
  private readonly agenda: Agenda;
  private readonly drawn = new Float64Array(1);
  /** Replay: instants in ns, ascending. */
  private readonly recorded: Float64Array;
  /** Bursts: whether one is on, and until when (ns). */
  private isBurst = false;
  private phaseEnds = 0;

  constructor(params: ClientParams, stream: Stream, agenda: Agenda) {
    this.params = params;
    this.stream = stream;
    this.agenda = agenda;
    this.recorded = params.load === 'replay' ? instants(params.times) : new Float64Array(0);
    if (params.load === 'bursts') this.enterPhase(false, agenda.time);
  }

  /** Puts the instant of the next start into `due` of the agenda; Infinity when there will be none. */
  next(surge: number): void {
    const { agenda, params } = this;
    const now = agenda.time;
    if (params.load === 'poisson') {
      drawExponential(this.stream, this.drawn);
      agenda.due = now + toWholeNs(this.drawn[0] * this.gap(params.rateRps * surge));
    } else if (params.load === 'constant') {
      agenda.due = now + Math.max(1, Math.round(this.gap(params.rateRps * surge)));
    } else if (params.load === 'replay') agenda.due = this.nextRecorded(now);
    else if (params.load === 'bursts') agenda.due = this.nextInBursts(now, surge);
    else agenda.due = this.nextByThinning(now, surge);
  }

  /** Mean ns between two starts at a rate in requests per second; starts may bring several requests. */
  private gap(rateRps: number): number {
    return (NS_PER_SECOND * this.params.batch) / rateRps;
  }

  /**
   * Thinning against the largest rate of a stretch of time: before, during or after a ramp or spike. Without stretches a
   * quiet day before a spike would be searched request by request, and a quiet time after it for ever.
   */
  private nextByThinning(now: number, surge: number): number {
    const { load, startMs, lengthMs, rateRps, peakRps } = this.params;
    const start = load === 'sine' ? 0 : Math.round(startMs * NS_PER_MS);
    const end = load === 'sine' ? Infinity : start + Math.round(lengthMs * NS_PER_MS);
    let at = now;
    for (;;) {
      const before = at < start;
      const over = at >= end;
      const most =
        before || (over && load === 'spike') ? rateRps : over ? peakRps : Math.max(rateRps, peakRps);
      const until = before ? start : over ? Infinity : end;
      const next =
        most * surge > 0 ? at + Math.round(exponential(this.stream) * this.gap(most * surge)) : Infinity;
      if (next >= until) {
        if (until === Infinity) return Infinity;
        at = until;
      } else {
        at = next;
        if (this.stream.uniform() * most < rateAt(this.params, at / NS_PER_MS)) return at;
      }
    }
  }

  /** A Poisson process whose rate changes between two values at random (Markov-modulated, memoryless in each phase). */
  private nextInBursts(now: number, surge: number): number {
    const { rateRps, peakRps } = this.params;
    if (Math.max(rateRps, peakRps) * surge <= 0) return Infinity;
    let from = now;
    for (;;) {
      const rate = (this.isBurst ? peakRps : rateRps) * surge;
      const at = rate > 0 ? from + Math.round(exponential(this.stream) * this.gap(rate)) : Infinity;
      if (at < this.phaseEnds) return at;
      from = this.phaseEnds;
      this.enterPhase(!this.isBurst, from);
    }
  }

  private enterPhase(isBurst: boolean, from: number): void {
    const meanMs = isBurst ? this.params.burstMs : this.params.calmMs;
    this.isBurst = isBurst;
    this.phaseEnds = from + Math.round(exponential(this.stream) * meanMs * NS_PER_MS);
  }

  private nextRecorded(now: number): number {
    let low = 0;
    let high = this.recorded.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.recorded[middle] > now) high = middle;
      else low = middle + 1;
    }
    return low < this.recorded.length ? this.recorded[low] : Infinity;
  }
}

/** Recorded times in ns; equal ones follow each other by a nanosecond, so that none is lost. */
function instants(text: string): Float64Array {
  const times = Float64Array.from(numbersOf(text) ?? [], (ms) => Math.round(ms * NS_PER_MS)).sort();
  for (let i = 0; i < times.length; i++) times[i] = Math.max(times[i], i === 0 ? 1 : times[i - 1] + 1);
  return times;
}
