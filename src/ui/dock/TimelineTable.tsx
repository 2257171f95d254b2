/** The timeline as numbers: a row per stretch of time, newest first. For screen readers, and for copying. */
import { formatClock } from '../format.ts';
import { useLive, useRun } from '../run/use-run.ts';
import { Columns } from './columns.ts';
import { readingsAt } from './readings.ts';
import { domainOf, type TimeWindow } from './time-window.ts';
import css from './table.module.css';

/** As many rows as can be listened to. */
const ROWS = 40;
const FIXED = ['Offered', 'Goodput', 'p50', 'p95', 'p99', 'Errors'];
const columns = new Columns();

export function TimelineTable({ window }: { readonly window: TimeWindow }) {
  const run = useRun();
  useLive((_, { history }) => history.revision, 1_000);
  columns.fill(run.history, domainOf(window, run.live.frame?.simMs ?? 0), ROWS);
  const rows = Array.from({ length: columns.count }, (_, index) => columns.count - 1 - index);
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label="Timeline as a table">
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {FIXED.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">Also</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const readings = readingsAt(run, columns, columns.fromMs[row]);
            const rest = readings.filter(({ label }) => !FIXED.includes(label));
            return (
              <tr key={columns.fromMs[row]}>
                <th scope="row" className="number">
                  {formatClock(columns.fromMs[row])}
                </th>
                {FIXED.map((name) => (
                  <td key={name} className="number">
                    {readings.find(({ label }) => label === name)?.value}
                  </td>
                ))}
                <td>{rest.map(({ label, value }) => `${label} ${value}`).join(', ')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
