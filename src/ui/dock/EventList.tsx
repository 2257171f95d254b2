/** The event log, newest first: what happened, when, how bad, to whom; a click shows the subject on the canvas. */
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { memo, useState } from 'react';
import type { LogEntry, Severity } from '../../session/protocol.ts';
import { formatClock } from '../format.ts';
import { nameOf } from '../run/design-source.ts';
import { useLive, useRun } from '../run/use-run.ts';
import css from './EventList.module.css';
import tools from './tools.module.css';

const SEVERITIES = {
  info: { word: 'Note', Icon: Info },
  good: { word: 'Good', Icon: CircleCheck },
  warning: { word: 'Warning', Icon: TriangleAlert },
  bad: { word: 'Trouble', Icon: CircleAlert },
} as const satisfies Record<Severity, unknown>;

/** Words for the topics that are known; others are shown as they are. */
const TOPICS: Readonly<Record<string, string>> = {
  breaker: 'Breakers',
  life: 'Life',
  ejection: 'Ejections',
  deploy: 'Deploys',
  scaling: 'Scaling',
  fault: 'Faults',
  region: 'Regions',
  edit: 'Edits',
  limit: 'Limits',
};
/** A list that moves faster than this cannot be read, nor clicked. */
const REFRESH_MS = 500;
/** Rows drawn at a time; more come on request. */
const PAGE = 100;

export default function EventList({ onSelect }: { readonly onSelect: (id: string) => void }) {
  const { log } = useRun();
  useLive(() => log.revision, REFRESH_MS);
  const [topic, setTopic] = useState<string | null>(null);
  const [shown, setShown] = useState(PAGE);
  const topics = [...new Set(log.entries.map((entry) => entry.topic))].sort();
  const chosen = topic === null ? log.entries : log.entries.filter((entry) => entry.topic === topic);
  const rows = chosen.slice(-shown).reverse();
  return (
    <>
      <div className={tools.tools} role="toolbar" aria-label="Filter events">
        {[null, ...topics].map((each) => (
          <button
            key={each ?? ''}
            type="button"
            className={tools.tool}
            aria-pressed={topic === each}
            onClick={() => setTopic(each)}
          >
            {each === null ? 'All' : (TOPICS[each] ?? each)}
          </button>
        ))}
      </div>
      <div className={css.scroll} role="region" aria-label="Events" tabIndex={0}>
        {rows.length === 0 && <p className={css.none}>Nothing has happened yet. Break something.</p>}
        <ol className={css.list}>
          {rows.map((entry) => (
            <EventRow key={entry.id} entry={entry} onSelect={onSelect} />
          ))}
        </ol>
        {chosen.length > rows.length && (
          <button type="button" className="button" onClick={() => setShown(shown + PAGE)}>
            Show earlier events
          </button>
        )}
      </div>
    </>
  );
}

interface RowProps {
  readonly entry: LogEntry;
  readonly onSelect: (id: string) => void;
}

/** An entry never changes: only new rows are rendered. */
const EventRow = memo(function EventRow({ entry, onSelect }: RowProps) {
  const run = useRun();
  const { word, Icon } = SEVERITIES[entry.severity];
  const { subject } = entry;
  return (
    <li className={css.row} data-severity={entry.severity}>
      <time className="number">{formatClock(entry.atMs)}</time>
      <span className={css.severity}>
        <Icon size={13} aria-hidden="true" />
        {word}
      </span>
      {subject === null ? (
        <span />
      ) : (
        <button type="button" className={css.subject} onClick={() => onSelect(subject)}>
          {nameOf(run.source.get(), subject)}
        </button>
      )}
      <span className={css.text}>{entry.text}</span>
    </li>
  );
});
