/**
 * Faults that several kinds share, and those of links. A kind lists the ones it supports in its spec. It must not
 * know how the engine carries them out.
 */
import type { FaultSpec } from './contract.ts';

export const CRASH: FaultSpec = {
  id: 'crash',
  label: 'Crash',
  help: 'The process dies: calls inside are reset, new ones are refused.',
  scope: 'unit',
  factor: 1,
  endedBy: 'restore',
};
export const RESTORE: FaultSpec = {
  id: 'restore',
  label: 'Restore',
  help: 'Starts it again; it takes its start-up time before it answers.',
  scope: 'unit',
  factor: 1,
};
export const SLOW: FaultSpec = {
  id: 'slow',
  label: 'Slow down ×10',
  help: 'Every piece of work takes ten times as long, though the process looks alive.',
  scope: 'unit',
  factor: 10,
  endedBy: 'fast',
};
export const FAST: FaultSpec = {
  id: 'fast',
  label: 'Back to full speed',
  help: 'Ends the slow-down.',
  scope: 'unit',
  factor: 1,
};
export const ERRORS: FaultSpec = {
  id: 'errors',
  label: 'Fail 50 % of calls',
  help: 'Half of the calls are answered with an error after a millisecond.',
  scope: 'unit',
  factor: 0.5,
  endedBy: 'noErrors',
};
export const NO_ERRORS: FaultSpec = {
  id: 'noErrors',
  label: 'Stop failing calls',
  help: 'Ends the errors.',
  scope: 'unit',
  factor: 0,
};
export const FLUSH: FaultSpec = {
  id: 'flush',
  label: 'Flush',
  help: 'Forgets every entry at once; the next reads all miss.',
  scope: 'unit',
  factor: 1,
};
export const TRAFFIC: FaultSpec = {
  id: 'traffic',
  label: 'Traffic ×10',
  help: 'Ten times as many requests (or users), from now on.',
  scope: 'node',
  factor: 10,
  endedBy: 'calm',
};
export const CALM: FaultSpec = {
  id: 'calm',
  label: 'Traffic back to normal',
  help: 'Ends the surge.',
  scope: 'node',
  factor: 1,
};

/** What anything that serves calls supports. */
export const SERVER_FAULTS: readonly FaultSpec[] = [CRASH, RESTORE, SLOW, FAST, ERRORS, NO_ERRORS];

/** What links support. */
export const LINK_FAULTS: readonly FaultSpec[] = [
  {
    id: 'partition',
    label: 'Cut the link',
    help: 'Every message on it vanishes, both ways; only timeouts reveal it.',
    scope: 'node',
    factor: 1,
    endedBy: 'heal',
  },
  { id: 'heal', label: 'Mend the link', help: 'Messages get through again.', scope: 'node', factor: 1 },
];
