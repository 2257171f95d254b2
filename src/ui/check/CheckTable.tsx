/** The cases, one row each: what is checked, what came out, what theory says, and how far they are apart. */
import { CircleCheck, CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { type CheckEntry, type CheckResult, LIMIT } from '../../session/check/protocol.ts';
import { formatCount, formatMeasured, NO_VALUE } from '../format.ts';
import { ErrorBar } from './ErrorBar.tsx';
import { type CheckProgress, isFinal } from './use-check.ts';
import { errorInWords, unbroken } from './words.ts';
import css from './CheckTable.module.css';

/** Roles are written out, because a table that is laid out as a grid in little room would lose them. */
export function CheckTable({ progress }: { progress: CheckProgress }) {
  const { entries, results, phase } = progress;
  const running = phase === 'running' ? entries.find(({ id }) => !isFinal(results.get(id))) : undefined;
  return (
    <table role="table" className={css.table} aria-busy={phase === 'running'}>
      <caption>
        Simulation against theory. Differences are in standard errors, on a scale from −{LIMIT} to +{LIMIT}.
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <Heading of="name">Case</Heading>
          <Heading of="what">What it says</Heading>
          <Heading of="simulated">Simulated</Heading>
          <Heading of="theory">Theory</Heading>
          <Heading of="difference">
            Difference
            <span className={css.scale} aria-hidden>
              <span>−{LIMIT}</span>
              <span>0</span>
              <span>+{LIMIT}</span>
            </span>
          </Heading>
          <Heading of="result">Result</Heading>
          <Heading of="requests">Requests</Heading>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} result={results.get(entry.id)} isRunning={entry === running} />
        ))}
      </tbody>
    </table>
  );
}

function Heading({ of, children }: { of: string; children: ReactNode }) {
  return (
    <th role="columnheader" scope="col" data-column={of}>
      {children}
    </th>
  );
}

function Cell({ of, children, isNumber }: { of: string; children: ReactNode; isNumber?: boolean }) {
  return (
    <td role="cell" data-column={of} className={isNumber ? 'number' : undefined}>
      {children}
    </td>
  );
}

interface RowProps {
  readonly entry: CheckEntry;
  readonly result: CheckResult | undefined;
  readonly isRunning: boolean;
}

function Row({ entry, result, isRunning }: RowProps) {
  const { id, name, what, quantity, source, unit, theory, link } = entry;
  const state = isFinal(result) ? (result.passed ? 'pass' : 'fail') : isRunning ? 'running' : 'waiting';
  return (
    <tr role="row" data-case={id} data-state={state}>
      <th role="rowheader" scope="row" data-column="name">
        <span className={css.name}>{unbroken(name)}</span>
        <a className={css.open} href={`#${link}`} title="Opens its design on the canvas, as a copy">
          Open<span className="visually-hidden"> the design of “{name}”</span> on the canvas
        </a>
      </th>
      <Cell of="what">
        {unbroken(what)}
        <span className={css.note}>
          {quantity} · {source}
        </span>
      </Cell>
      <Cell of="simulated" isNumber>
        {result ? formatMeasured(result.simulated, unit) : NO_VALUE}
        {result && <span className={css.note}>± {formatMeasured(result.standardError, unit, 2)}</span>}
      </Cell>
      <Cell of="theory" isNumber>
        {formatMeasured(theory, unit)}
      </Cell>
      <Cell of="difference" isNumber>
        <span className={css.difference}>
          <ErrorBar error={result?.error} state={state} />
          <span className={css.error}>{result ? errorInWords(result.error) : NO_VALUE}</span>
        </span>
      </Cell>
      <Cell of="result">
        <span className={css.verdict}>
          {state === 'pass' && <CircleCheck size={15} aria-hidden />}
          {state === 'fail' && <CircleX size={15} aria-hidden />}
          {state}
        </span>
      </Cell>
      <Cell of="requests" isNumber>
        {result ? formatCount(result.requests) : NO_VALUE}
        {result && <span className={css.unit}> requests</span>}
      </Cell>
    </tr>
  );
}
