/** Clients at rest: how many requests they start. */
import { numbersOf } from '../../model/series.ts';
import { defineAdvice } from '../contract.ts';
import { monthlyMillions, rateWords } from '../prices.ts';
import { routeNumber } from '../routes.ts';
import type { ClientParams, spec } from './spec.ts';

export const advice = defineAdvice<(typeof spec)['params']>({
  traits: (params) => ({
    starts: { ...startsOf(params), route: routeNumber(params) },
    keysAdjacent: params.keyOrder === 'adjacent' && params.popularity !== 'uniform',
  }),
  warnings: ({ node, params }) =>
    startsOf(params).peakRps > 0
      ? []
      : [
          {
            rule: 'client-starts-nothing',
            severity: 'note',
            text: `${node.label} starts no requests.`,
            why: 'Its rate is 0, or no times were recorded.',
          },
        ],
  cost: ({ callees, expected }, sizes) => {
    const gb = monthlyMillions(expected.meanRps, sizes) * sizes.answerKb;
    const words = `${sizes.answerKb} kB each, ${rateWords(expected.meanRps)}`;
    return callees.length > 0 && gb > 0 ? [{ price: 'egressGb', quantity: gb, words }] : [];
  },
});

function startsOf(p: ClientParams): { meanRps: number; peakRps: number } {
  const { rateRps, peakRps } = p;
  switch (p.load) {
    case 'users': {
      // Each waits at least its think time; answers make it slower still.
      const most = p.users / Math.max(0.001, p.thinkMs / 1_000);
      return { meanRps: most, peakRps: most };
    }
    case 'sine':
      return { meanRps: (rateRps + peakRps) / 2, peakRps: Math.max(rateRps, peakRps) };
    case 'bursts': {
      const share = p.burstMs / (p.burstMs + p.calmMs);
      return {
        meanRps: rateRps + (peakRps - rateRps) * share,
        peakRps: Math.max(rateRps, peakRps),
      };
    }
    case 'ramp':
    case 'spike':
      return { meanRps: rateRps, peakRps: Math.max(rateRps, peakRps) };
    case 'replay': {
      const times = numbersOf(p.times) ?? [];
      const spanMs = times.length > 0 ? Math.max(...times.slice(-1), 1) : 1;
      const mean = (times.length * 1_000) / spanMs;
      return { meanRps: mean, peakRps: mean };
    }
    default:
      return { meanRps: rateRps, peakRps: rateRps };
  }
}
