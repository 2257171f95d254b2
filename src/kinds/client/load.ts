/**
 * When open-loop clients start requests: steady, ramp, spike or waves. A rate that varies is a Poisson process by
 * thinning (Lewis & Shedler 1979). It must not know what is requested.
 */
import type { Stream } from '../../engine/random.ts';
import { exponential } from '../../engine/ziggurat.ts';
import { NS_PER_MS } from '../../engine/time.ts';
import type { ClientParams } from './spec.ts';

const NS_PER_SECOND = 1000 * NS_PER_MS;

/** One period of a cosine from 1 down to 0 and back, by Bhaskara's rational approximation (error below 0.2 %). */
function wave(phase: number): number {
  const x = phase - Math.floor(phase);
  const half = x < 0.5 ? x : 1 - x;
  const t = half * 180;
  const q = t * (180 - t);
  const sine = (4 * q) / (40_500 - q);
  const cosine = half < 0.25 ? cosineOf(half) : -cosineOf(0.5 - half);
  return sine === 0 && half === 0 ? 1 : 0.5 * (1 + cosine);
}

/** cos(2πx) for 0 ≤ x ≤ ¼. */
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

/** The instant (ns) of the next request after `now`; Infinity when there will be none. */
export function nextArrival(p: ClientParams, now: number, surge: number, stream: Stream): number {
  const varies = p.load === 'ramp' || p.load === 'spike' || p.load === 'sine';
  const most = (varies ? Math.max(p.rateRps, p.peakRps) : p.rateRps) * surge;
  if (most <= 0) return Infinity;
  const gap = NS_PER_SECOND / most;
  if (p.load === 'constant') return now + Math.max(1, Math.round(gap));
  let at = now;
  for (;;) {
    at += Math.round(exponential(stream) * gap);
    if (!varies || stream.uniform() * most < rateAt(p, at / NS_PER_MS) * surge) return at;
  }
}
