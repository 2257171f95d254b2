/** Requests whose traces are kept, newest or worst first. Asks the worker once a second while it is shown. */
import { useEffect, useState } from 'react';
import type { TraceSummary } from '../../session/protocol.ts';
import tools from '../dock/tools.module.css';
import { formatClock, formatDuration } from '../format.ts';
import { useRun, useRunState } from '../run/use-run.ts';
import { ORDERS, pickTraces, type TraceOrder } from './trace-order.ts';
import css from './TraceList.module.css';

const ASK_MS = 1_000;

export function TraceList() {
  const run = useRun();
  const request = useRunState((state) => state.request);
  const [order, setOrder] = useState<TraceOrder>('worst');
  const traces = useRecentTraces();
  const rows = pickTraces(traces, order);
  return (
    <>
      <div className={tools.tools} role="toolbar" aria-label="Order of traces">
        {ORDERS.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            className={tools.tool}
            aria-pressed={order === value}
            onClick={() => setOrder(value)}
          >
            {label}
          </button>
        ))}
      </div>
      <div className={css.scroll} role="region" aria-label="Requests" tabIndex={0}>
        {rows.length === 0 && <p className={css.none}>No request has ended yet.</p>}
        <ol>
          {rows.map((trace) => (
            <li key={trace.request}>
              <button
                type="button"
                className={css.row}
                aria-current={request === trace.request || undefined}
                onClick={() => run.openTrace(trace.request)}
              >
                <time className="number">{formatClock(trace.startMs)}</time>
                <b className="number">{formatDuration(trace.durationMs)}</b>
                <span>
                  {trace.operation}, {trace.client}
                </span>
                <span className={css.outcome} data-ok={trace.ok}>
                  {trace.outcome}
                </span>
              </button>
            </li>
          ))}
        </ol>
      </div>
    </>
  );
}

function useRecentTraces(): readonly TraceSummary[] {
  const run = useRun();
  const [traces, setTraces] = useState<readonly TraceSummary[]>([]);
  useEffect(() => {
    let isLeft = false;
    let simMs = NaN;
    const ask = async () => {
      const now = run.live.frame?.simMs ?? 0;
      if (document.hidden || now === simMs) return;
      simMs = now;
      const next = await run.session.recentTraces().catch(() => null);
      if (next && !isLeft) setTraces(next);
    };
    void ask();
    const timer = setInterval(() => void ask(), ASK_MS);
    return () => {
      isLeft = true;
      clearInterval(timer);
    };
  }, [run]);
  return traces;
}
