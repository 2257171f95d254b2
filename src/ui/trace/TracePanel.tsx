/** Sampled requests on the left, the chosen one as a waterfall on the right. */
import { useEffect, useState } from 'react';
import type { Trace } from '../../session/protocol.ts';
import { formatDuration } from '../format.ts';
import { useRun, useRunState } from '../run/use-run.ts';
import { summaryOf } from './waterfall.ts';
import { TraceList } from './TraceList.tsx';
import { Waterfall } from './Waterfall.tsx';
import css from './TracePanel.module.css';

/** A running request is looked at again until it has ended. */
const AGAIN_MS = 500;

export default function TracePanel({ onSelect }: { readonly onSelect: (id: string) => void }) {
  const request = useRunState((state) => state.request);
  return (
    <div className={css.panel}>
      <TraceList />
      {request === null ? (
        <p className={css.hint}>
          Choose a request, or click a moving dot on the canvas: every dot is one. You see where it queued,
          what was decided, and which version it read.
        </p>
      ) : (
        <OneTrace key={request} request={request} onSelect={onSelect} />
      )}
    </div>
  );
}

function OneTrace({
  request,
  onSelect,
}: {
  readonly request: number;
  readonly onSelect: (id: string) => void;
}) {
  const run = useRun();
  const trace = useTrace(request);
  if (trace === undefined) return <p className={css.hint}>Fetching request {request}…</p>;
  if (trace === null) {
    return <p className={css.hint}>Request {request} is no longer kept: newer traces took its place.</p>;
  }
  const { outcome, durationMs } = summaryOf(trace, run.live.frame?.simMs ?? 0);
  return (
    <article className={css.trace} aria-label={`Request ${request}`}>
      <header>
        <h2>
          {trace.operation === 'read' ? 'Read' : 'Write'}
          {trace.key >= 0 && ` of key ${trace.key}`}
        </h2>
        <span>
          request {request}, {outcome}, <b className="number">{formatDuration(durationMs)}</b>,{' '}
          {trace.spans.length} {trace.spans.length === 1 ? 'call' : 'calls'}
        </span>
        <span className={css.key}>
          <i /> critical path
        </span>
        <button type="button" className="button" data-look="quiet" onClick={() => run.openTrace(null)}>
          Close
        </button>
      </header>
      <Waterfall trace={trace} onSelect={onSelect} />
    </article>
  );
}

/** Undefined while it is fetched, null when the worker has it no more. */
function useTrace(request: number): Trace | null | undefined {
  const run = useRun();
  const [trace, setTrace] = useState<Trace | null | undefined>(undefined);
  useEffect(() => {
    let isLeft = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fetchAgain = async () => {
      const next = await run.session.fetchTrace(request).catch(() => null);
      if (isLeft) return;
      // Once seen it stays, even when the worker needs its place.
      setTrace((before) => next ?? before ?? null);
      const isOver = next === null || next.spans.every((span) => !Number.isNaN(span.endMs));
      if (!isOver) timer = setTimeout(() => void fetchAgain(), AGAIN_MS);
    };
    void fetchAgain();
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [run, request]);
  return trace;
}
