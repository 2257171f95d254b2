/** One request from its client down to the last store: a bar per call over simulated time. */
import { scaleLinear } from 'd3';
import { useState } from 'react';
import type { Trace } from '../../session/protocol.ts';
import { formatClock, formatDuration } from '../format.ts';
import { nameOf } from '../run/design-source.ts';
import { useRun } from '../run/use-run.ts';
import { isGoodOutcome } from './outcomes.ts';
import { layOutTrace, type Waterfall as Layout, type WaterfallRow } from './waterfall.ts';
import css from './Waterfall.module.css';

/** Percent of the track that time takes; the rest is room for words behind the last bar. */
const BARS = 68;

interface Props {
  readonly trace: Trace;
  readonly onSelect: (id: string) => void;
}

export function Waterfall({ trace, onSelect }: Props) {
  const [chosen, setChosen] = useState<number | null>(null);
  const run = useRun();
  const layout = layOutTrace(trace, run.live.frame?.simMs);
  const share = scaleLinear([layout.fromMs, layout.toMs], [0, BARS]);
  return (
    <div
      className={css.waterfall}
      role="region"
      aria-label={`Trace of request ${trace.request}`}
      tabIndex={0}
    >
      <Ruler layout={layout} />
      <ol className={css.rows}>
        {layout.rows.map((row) => (
          <SpanRow
            key={row.span.id}
            row={row}
            share={share}
            startMs={layout.fromMs}
            isChosen={chosen === row.span.id}
            onChoose={() => {
              setChosen(chosen === row.span.id ? null : row.span.id);
              onSelect(row.span.link ?? row.span.node);
            }}
          />
        ))}
      </ol>
    </div>
  );
}

function Ruler({ layout }: { readonly layout: Layout }) {
  const length = layout.toMs - layout.fromMs;
  const share = scaleLinear([0, length], [0, BARS]);
  return (
    <div className={css.ruler} aria-hidden="true">
      {share.ticks(5).map((tick) => (
        <span key={tick} className="number" style={{ left: `${share(tick)}%` }}>
          {formatDuration(tick)}
        </span>
      ))}
    </div>
  );
}

interface RowProps {
  readonly row: WaterfallRow;
  readonly share: (ms: number) => number;
  readonly startMs: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function SpanRow({ row, share, startMs, isChosen, onChoose }: RowProps) {
  const run = useRun();
  const { span, depth, endMs, isOpen, isOutliving, critical } = row;
  const name = nameOf(run.source.get(), span.node);
  const unit = span.unit && run.live.units(span.node).length > 1 ? span.unit : null;
  const label = unit ? (unit.startsWith(name) ? unit : `${name} ${unit}`) : name;
  const outcome = isOpen ? 'still running' : span.outcome;
  const isGood = isOpen || isGoodOutcome(span.outcome);
  const words = [
    ...(span.attempt > 1 ? [`attempt ${span.attempt}`] : []),
    ...(isGood && !isOpen ? [] : [outcome]),
    ...(isOutliving ? ['nobody waited for it any more'] : []),
    ...span.notes.map((note) => note.text),
  ];
  return (
    <li className={css.row} data-chosen={isChosen || undefined} data-good={isGood}>
      <button
        type="button"
        className={css.name}
        style={{ paddingInlineStart: 14 + depth * 12 }}
        aria-expanded={isChosen}
        onClick={onChoose}
      >
        <span className={css.label}>{label}</span>
        <span className="number">{formatDuration(endMs - span.startMs)}</span>
      </button>
      <div className={css.track}>
        <div
          className={css.bar}
          data-open={isOpen || undefined}
          data-outliving={isOutliving || undefined}
          style={{ left: `${share(span.startMs)}%`, width: `${share(endMs) - share(span.startMs)}%` }}
        />
        {critical.map(({ fromMs, toMs }) => (
          <div
            key={fromMs}
            className={css.critical}
            style={{ left: `${share(fromMs)}%`, width: `${share(toMs) - share(fromMs)}%` }}
          />
        ))}
        {span.notes.map((note, index) => (
          <i key={index} className={css.note} style={{ left: `${share(note.atMs)}%` }} />
        ))}
        <Words words={words} to={share(endMs)} />
      </div>
      {isChosen && <Notes row={row} outcome={outcome} startMs={startMs} />}
    </li>
  );
}

/** Behind the bar: there is always room. */
function Words({ words, to }: { readonly words: readonly string[]; readonly to: number }) {
  if (words.length === 0) return null;
  return (
    <span className={css.words} style={{ left: `${to}%`, maxWidth: `${100 - to}%` }}>
      {words.join(' · ')}
    </span>
  );
}

interface NotesProps {
  readonly row: WaterfallRow;
  readonly outcome: string;
  readonly startMs: number;
}

function Notes({ row: { span, endMs }, outcome, startMs }: NotesProps) {
  const at = (ms: number) => `${formatClock(ms, 3)} (+${formatDuration(ms - startMs)})`;
  return (
    <dl className={css.notes}>
      <div>
        <dt className="number">{at(span.startMs)}</dt>
        <dd>started, attempt {span.attempt}</dd>
      </div>
      {span.notes.map((note, index) => (
        <div key={index}>
          <dt className="number">{at(note.atMs)}</dt>
          <dd>{note.text}</dd>
        </div>
      ))}
      <div>
        <dt className="number">{at(endMs)}</dt>
        <dd>{outcome}</dd>
      </div>
    </dl>
  );
}
