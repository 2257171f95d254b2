/**
 * How the end of a simulation is told: one sentence on what happened and what to do, and a report with everything needed
 * to see it again. Used on both sides of the worker, so it must know neither the engine nor the DOM.
 */
import type { Design } from '../model/document.ts';
import type { Failure } from './protocol.ts';

const OUT_OF_MEMORY =
  'There was not enough memory to go on. Fewer calls under way need less: lower the rate, or shorten queues and timeouts.';
export const NOT_STARTED =
  'It could not be started, because a part of the page did not arrive or this browser cannot run it. ' +
  'Check the connection and start again; if that does not help, reload the page.';
export const ENDED_SILENTLY =
  'It ended without saying why, as it does when the browser takes its memory away.';
export const UNREADABLE = 'It sent something that the page could not read.';

/** What an exception in the worker means to people. */
export function failureOf(problem: unknown, simMs: number): Failure {
  const said = problem instanceof Error ? problem.message : String(problem);
  const message = isOutOfMemory(problem) ? OUT_OF_MEMORY : /[.!?]$/.test(said) ? said : `${said}.`;
  const node =
    problem instanceof Error && 'subject' in problem && typeof problem.subject === 'string'
      ? problem.subject
      : null;
  const stack = problem instanceof Error ? (problem.stack ?? '') : '';
  return { message, simMs, node, report: stack.includes(said) ? stack : `${said}\n${stack}` };
}

/** The words that JavaScript engines have for it. */
function isOutOfMemory(problem: unknown): boolean {
  return (
    problem instanceof RangeError &&
    /allocation failed|invalid (typed )?array length|out of memory/i.test(problem.message)
  );
}

/** The text behind "Copy report": design, seed and drill determine the run. */
export function reportOf(failure: Failure, design: Design | null, drill: string | null): string {
  return [
    'Loadbearing: the simulation stopped.',
    failure.message,
    `Simulated time: ${failure.simMs} ms. Node: ${failure.node ?? 'unknown'}. ` +
      `Seed: ${design?.seed ?? 'unknown'}. Drill: ${drill ?? 'none'}.`,
    ...(failure.report ? ['Details:', failure.report] : []),
    'Design:',
    JSON.stringify(design),
  ].join('\n');
}

/** A worker that catches its own failure says so with `{ failed: Failure }` beside Comlink's messages. */
export function failureIn(data: unknown): Failure | null {
  if (typeof data !== 'object' || data === null || !('failed' in data)) return null;
  const failed = data.failed as Partial<Failure> | null;
  if (!failed || typeof failed.message !== 'string') return null;
  const { message, simMs = 0, node = null, report = '' } = failed;
  return { message, simMs, node, report };
}
