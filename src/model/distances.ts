/** Changes to the distances of a design. What makes no sense leaves it as it is. It must not know edits as data. */
import type { Design } from './document.ts';
import type { ParamValue } from './params.ts';
import {
  isPlace,
  MAX_ROUND_TRIPS,
  MAX_RTT_MS,
  NO_NETWORK,
  type Network,
  saysNothing,
  withRoundTrip,
} from './places.ts';

/** Another round trip between two places; `undefined` is the typical one. What makes no sense is ignored. */
export function setRoundTrip(design: Design, a: string, b: string, rttMs: number | undefined): Design {
  const fits = rttMs === undefined || (rttMs >= 0 && rttMs <= MAX_RTT_MS);
  const before = design.network ?? NO_NETWORK;
  if (!fits || !isPlace(a) || !isPlace(b) || a === b) return design;
  const after = withRoundTrip(before, a, b, rttMs);
  return after.roundTrips.length > MAX_ROUND_TRIPS ? design : withNetwork(design, after);
}

/** Another time of the network's own; `undefined` is its default. */
export function setNetworkParam(design: Design, name: string, value: ParamValue | undefined): Design {
  const before = design.network ?? NO_NETWORK;
  const { [name]: _, ...others } = before.params;
  return withNetwork(design, {
    ...before,
    params: value === undefined ? others : { ...others, [name]: value },
  });
}

function withNetwork(design: Design, network: Network): Design {
  const { network: before = NO_NETWORK, ...rest } = design;
  if (JSON.stringify(before) === JSON.stringify(network)) return design;
  return saysNothing(network) ? rest : { ...rest, network };
}
