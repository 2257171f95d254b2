/**
 * How far places are apart: typical round trips, the times that belong to no pair, and what holds for a design. It must
 * not know links or how a run uses the times.
 */
import { defineParams } from './params.ts';
import { inOrder, MAX_RTT_MS, type Network } from './places.ts';

/** Times that belong to no pair of places; ms are round trips. */
export const NETWORK_PARAMS = defineParams({
  sameZoneMs: {
    type: 'number',
    label: 'Within a zone',
    help: 'Round trip between two components of one zone.',
    group: 'Round trips',
    unit: 'ms',
    default: 0.3,
    min: 0,
    max: MAX_RTT_MS,
  },
  betweenZonesMs: {
    type: 'number',
    label: 'Within a region',
    help: 'Round trip between two zones of one region, or where no zone is said.',
    group: 'Round trips',
    unit: 'ms',
    default: 1,
    min: 0,
    max: MAX_RTT_MS,
  },
  usersMs: {
    type: 'number',
    label: 'Users to their region',
    help: 'Round trip that clients have on top, to reach the region they stand in; mobile users about 60 ms.',
    group: 'Round trips',
    unit: 'ms',
    default: 20,
    min: 0,
    max: MAX_RTT_MS,
  },
  elsewhereMs: {
    type: 'number',
    label: 'Other pairs',
    help: 'Round trip between places for which the table has no time.',
    group: 'Round trips',
    unit: 'ms',
    default: 150,
    min: 0,
    max: MAX_RTT_MS,
  },
  jitterShare: {
    type: 'number',
    label: 'Jitter',
    help: 'Spread of these times (lognormal) on links that set no jitter of their own; 0 is constant.',
    group: 'Round trips',
    unit: 'share',
    default: 0.1,
    min: 0,
    max: 2,
  },
});

/** Typical round trips over public networks, ms. */
const TYPICAL: Readonly<Record<string, number>> = {
  'us-east us-west': 65,
  'eu-west us-east': 75,
  'eu-west us-west': 135,
  'eu-central eu-west': 25,
  'sa-east us-east': 115,
  'ap-northeast us-east': 150,
  'ap-northeast us-west': 100,
  'ap-southeast eu-central': 160,
  'ap-southeast us-east': 220,
  'ap-northeast ap-southeast': 70,
  'eu-central us-east': 90,
  'eu-central us-west': 150,
  'sa-east us-west': 175,
  'ap-southeast us-west': 170,
  'eu-west sa-east': 180,
  'eu-central sa-east': 200,
  'ap-northeast eu-west': 210,
  'ap-southeast eu-west': 175,
  'ap-northeast eu-central': 225,
  'ap-northeast sa-east': 255,
  'ap-southeast sa-east': 320,
};

/** The default round trip between two different places, ms; `undefined` where the table has none. */
export function typicalRttMs(a: string, b: string): number | undefined {
  return TYPICAL[inOrder(a, b).join(' ')];
}

/** The round trip between two different places as the design has it, ms. */
export function rttBetween(network: Network, a: string, b: string): number {
  const [from, to] = inOrder(a, b);
  const own = network.roundTrips.find((pair) => pair.from === from && pair.to === to);
  const elsewhere = network.params.elsewhereMs ?? NETWORK_PARAMS.elsewhereMs.default;
  return own?.rttMs ?? typicalRttMs(a, b) ?? (elsewhere as number);
}
