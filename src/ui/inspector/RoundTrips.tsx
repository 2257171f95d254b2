/** The table of round trips: every pair of places the design uses, and the times that belong to no pair. */
import { useState } from 'react';
import type { Param, ParamValue } from '../../model/params.ts';
import { MAX_RTT_MS, NO_NETWORK } from '../../model/places.ts';
import { NETWORK_PARAMS, rttBetween, typicalRttMs } from '../../model/round-trips.ts';
import { useDesign, useServices } from '../app/context.ts';
import { ParamField } from './ParamField.tsx';
import css from './ParamForm.module.css';

/** More are no table any more; whoever names so many places sets what is common to them. */
const MOST_PAIRS = 120;

export default function RoundTrips() {
  const { design } = useServices();
  const network = useDesign((each) => each.network ?? NO_NETWORK);
  const used = useDesign((each) =>
    [...new Set(each.groups.flatMap(({ place }) => place ?? []))].sort().join(' '),
  );
  const [help, setHelp] = useState<string | null>(null);
  const places = used.split(' ');
  const pairs = places.flatMap((from, i) => places.slice(i + 1).map((to) => [from, to] as const));
  const elsewhere = (network.params.elsewhereMs ?? NETWORK_PARAMS.elsewhereMs.default) as number;
  const shared = { onLeave: () => design.seal(), onHelp: setHelp };
  const setPair = (from: string, to: string, rttMs: number | undefined) =>
    design.edit(
      { type: 'setRoundTrip', from, to, rttMs: rttMs === typicalRttMs(from, to) ? undefined : rttMs },
      `rtt ${from} ${to}`,
    );
  const setOther = (name: string, param: Param, value: ParamValue | undefined) => {
    const kept = value === param.default ? undefined : value;
    design.edit({ type: 'setNetwork', name, value: kept }, `network ${name}`);
  };
  return (
    <>
      <fieldset className={css.group}>
        <legend>Round trips between places</legend>
        {pairs.length === 0 && <p className={css.label}>One place so far: a second one makes a pair.</p>}
        {pairs.slice(0, MOST_PAIRS).map(([from, to]) => (
          <ParamField
            key={`${from} ${to}`}
            param={pairParam(from, to, typicalRttMs(from, to) ?? elsewhere)}
            value={rttBetween(network, from, to)}
            isChanged={network.roundTrips.some((pair) => pair.from === from && pair.to === to)}
            onChange={(value) => setPair(from, to, value as number | undefined)}
            {...shared}
          />
        ))}
        {pairs.length > MOST_PAIRS && (
          <p className={css.label}>and {pairs.length - MOST_PAIRS} more pairs, which keep their times</p>
        )}
      </fieldset>
      <fieldset className={css.group}>
        <legend>Other round trips</legend>
        {Object.entries<Param>(NETWORK_PARAMS).map(([name, param]) => (
          <ParamField
            key={name}
            param={param}
            value={network.params[name] ?? param.default}
            isChanged={Object.hasOwn(network.params, name)}
            onChange={(value) => setOther(name, param, value)}
            {...shared}
          />
        ))}
      </fieldset>
      <p className={css.label} aria-hidden>
        <small>{help ?? 'They hold for links that set no latency of their own.'}</small>
      </p>
    </>
  );
}

function pairParam(from: string, to: string, typicalMs: number): Param {
  return {
    type: 'number',
    label: `${from} – ${to}`,
    help: `Round trip between ${from} and ${to}, the same both ways; a message takes half of it.`,
    group: '',
    unit: 'ms',
    default: typicalMs,
    min: 0,
    max: MAX_RTT_MS,
  };
}
