/** How far it is over a link whose latency follows from where its ends stand. */
import { waysIn } from '../../kinds/ways.ts';
import type { Design, DesignLink } from '../../model/document.ts';
import { useDesign } from '../app/context.ts';
import { showQuantity } from './quantity.ts';
import css from './Inspector.module.css';

export function LinkWays({ link }: { link: DesignLink }) {
  const said = useDesign((design) => wordsOn(design, link).join('\n'));
  if (said === '') return null;
  return (
    <div className={css.say} data-severity="info">
      {said.split('\n').map((line) => (
        <p key={line}>{line}</p>
      ))}
      <small>From the places of its ends. A latency set below takes their place.</small>
    </div>
  );
}

/** "75 ms round trip: us-east to eu-west"; one line for each caller where that makes a difference. */
export function wordsOn(design: Design, link: DesignLink): readonly string[] {
  return waysIn(design)(link).map(({ rttMs, words, via }) => {
    if (rttMs === 0 && via === null)
      return 'No latency: callers only ask it where to go, and go there themselves.';
    return `${showQuantity(rttMs, 'ms')} round trip: ${words}`;
  });
}
