/**
 * What a node works with, drawn open: the state of each thing, its share as a bar with a mark where the share should be,
 * and counts towards the next change as pips.
 */
import type { Parts } from '../../session/inspection.ts';
import { formatShare } from '../format.ts';
import css from './PartsList.module.css';
import inspector from './Inspector.module.css';
import units from './Units.module.css';

type Part = Parts['list'][number];

/** More rows than anybody reads; the node may have hundreds. */
const MOST_SHOWN = 60;

export function PartsList({ parts }: { parts: Parts }) {
  const more = parts.list.length - MOST_SHOWN;
  const hasShares = parts.list.some(({ share }) => Number.isFinite(share));
  return (
    <>
      <h3 className={inspector.heading}>
        {parts.heading}
        {hasShares && <span className={inspector.note}>share of requests</span>}
      </h3>
      <ul className={css.parts}>
        {parts.list.slice(0, MOST_SHOWN).map((part, row) => (
          <li key={row}>
            <span className={css.name}>{part.name}</span>
            <span className={units.state} data-tone={part.tone}>
              {part.state}
            </span>
            <Share part={part} />
            <small className={css.marks}>{part.marks.join(' · ')}</small>
            {part.pips.length > 0 && (
              <span className={css.counts}>
                {part.pips.map((pips) => (
                  <PipRow key={pips.label} pips={pips} />
                ))}
              </span>
            )}
          </li>
        ))}
      </ul>
      {more > 0 && <p className={inspector.note}>and {more} more</p>}
    </>
  );
}

function Share({ part: { share, due } }: { part: Part }) {
  const isKnown = Number.isFinite(share);
  const words = Number.isFinite(due) ? `${formatShare(due)} by the rule` : undefined;
  return (
    <span className={css.share} title={words}>
      <span className={css.bar} aria-hidden>
        <i style={{ width: `${isKnown ? 100 * share : 0}%` }} />
        {Number.isFinite(due) && <b style={{ left: `${100 * due}%` }} />}
      </span>
      <span className="number">{isKnown ? formatShare(share) : '–'}</span>
    </span>
  );
}

function PipRow({ pips: { label, filled, of, mark } }: { pips: Part['pips'][number] }) {
  return (
    <span className={css.pips} role="img" aria-label={`${label}: ${filled} of ${of}`}>
      <span>{label}</span>
      {Array.from({ length: of }, (_, i) => (
        <i
          key={i}
          data-filled={i < filled || undefined}
          data-bad={mark === 0 || undefined}
          data-mark={(mark > 0 && i === mark) || undefined}
        />
      ))}
    </span>
  );
}
