/** What goes on on one link now: the sentence, its breakers with chart and window, faults, totals. */
import { useState } from 'react';
import { LINK_FAULTS } from '../../kinds/faults.ts';
import { LINK_PARAMS } from '../../kinds/link.ts';
import type { DesignLink } from '../../model/document.ts';
import { withDefaults } from '../../model/params.ts';
import type { BreakerView, Inspection } from '../../session/inspection.ts';
import type { BreakerState } from '../../session/protocol.ts';
import { useServices } from '../app/context.ts';
import { formatCount, formatDuration, formatShare } from '../format.ts';
import { offeredFaults } from '../menu/faults.ts';
import { FaultButtons, Sentence, Totals } from './LiveParts.tsx';
import { showQuantity } from './quantity.ts';
import { StateChart, stateWords, type StateTone } from './StateChart.tsx';
import { useInspection } from './use-inspection.ts';
import { WindowDots } from './WindowDots.tsx';
import css from './Inspector.module.css';
import list from './Units.module.css';

export function LinkLive({ link }: { link: DesignLink }) {
  const { design } = useServices();
  const inspection = useInspection(link.id);
  const offered = offeredFaults(LINK_FAULTS, inspection?.faults ?? [], null, 1);
  const setBreaker = (value: string) =>
    design.edit({ type: 'setParam', ids: [link.id], name: 'breaker', value });
  return (
    <>
      <Sentence inspection={inspection} />
      {inspection && inspection.breakers.length > 0 && <Breakers link={link} inspection={inspection} />}
      <h3 className={css.heading}>Break it</h3>
      <FaultButtons target={link.id} faults={offered} unit={null} whose="" />
      <h3 className={css.heading}>Circuit breaker</h3>
      <div className={css.buttons}>
        {link.params.breaker !== 'on' && (
          <button className="button" onClick={() => setBreaker('on')}>
            {link.params.breaker === 'forcedOpen' ? 'Let it decide again' : 'Put a breaker on'}
          </button>
        )}
        {link.params.breaker !== 'forcedOpen' && (
          <button className="button" onClick={() => setBreaker('forcedOpen')}>
            Force it open
          </button>
        )}
      </div>
      <Totals inspection={inspection} />
    </>
  );
}

function Breakers({ link, inspection }: { link: DesignLink; inspection: Inspection }) {
  const { breakers, breakerChart } = inspection;
  const [chosen, setChosen] = useState<string | null>(null);
  // The worst one, until people choose: it is what they came to see.
  const shown = breakers.find((each) => each.unit === chosen) ?? worstOf(breakers);
  return (
    <>
      {breakerChart && (
        <StateChart
          chart={breakerChart}
          current={shown.state}
          label={`Breaker of ${shown.unit}`}
          toneOf={(state) => breakerTone(state as BreakerState)}
          wordsOf={(event) => breakerWords(event, shown, link)}
        />
      )}
      <WindowDots results={shown.window} failureShare={shown.failureShare} />
      {breakers.length > 1 && (
        <ul className={list.units} aria-label="Breakers, one for each caller">
          {breakers.map((each) => (
            <li key={each.unit} data-chosen={each === shown || undefined}>
              <button
                className={list.unit}
                aria-pressed={each === shown}
                onClick={() => setChosen(each.unit)}
              >
                <span>{each.unit}</span>
                <span className={list.state} data-tone={breakerTone(each.state)}>
                  {stateWords(each.state)}
                </span>
                <span className="number">{formatShare(each.failureShare)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className={css.note}>
        {shown.unit} has tripped {formatCount(shown.trips)} {shown.trips === 1 ? 'time' : 'times'} and
        rejected {formatCount(shown.rejected)} calls.
      </p>
    </>
  );
}

const BY_WORST: readonly BreakerState[] = [
  'closed',
  'disabled',
  'metricsOnly',
  'halfOpen',
  'open',
  'forcedOpen',
];

function worstOf(breakers: readonly BreakerView[]): BreakerView {
  return breakers.reduce((a, b) => (BY_WORST.indexOf(b.state) > BY_WORST.indexOf(a.state) ? b : a));
}

function breakerTone(state: BreakerState): StateTone {
  if (state === 'closed') return 'good';
  if (state === 'disabled' || state === 'metricsOnly') return 'idle';
  return state === 'halfOpen' ? 'warning' : 'bad';
}

/** Arrows in the numbers of this link: "≥ 50 %", "after 2.8 s". */
function breakerWords(event: string, breaker: BreakerView, link: DesignLink): string | null {
  const params = withDefaults(LINK_PARAMS, link.params);
  switch (event) {
    case 'TRIP':
      return `≥ ${showQuantity(params.breakerFailureShare, 'share')}`;
    case 'TRIALS_OK':
      return `${params.breakerTrialCalls} trials ok`;
    case 'TRIALS_FAILED':
      return 'trials fail';
    case 'after openWait': {
      const isWaiting = breaker.state === 'open' && Number.isFinite(breaker.nextMs);
      return isWaiting
        ? `after ${formatDuration(breaker.nextMs)}`
        : `after ${showQuantity(params.breakerOpenMs, 'ms')}`;
    }
    default:
      return null;
  }
}
