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
const GRAY: FaultSpec = {
  id: 'gray',
  label: 'Gray failure',
  help: 'Ten times slower, and every fifth call fails; shallow probes pass all the same.',
  scope: 'unit',
  factor: 10,
  endedBy: 'noGray',
};
const NO_GRAY: FaultSpec = {
  id: 'noGray',
  label: 'End the gray failure',
  help: 'Works and answers as before.',
  scope: 'unit',
  factor: 1,
};
const BLACK_HOLE: FaultSpec = {
  id: 'blackHole',
  label: 'Black hole',
  help: 'Accepts every call and probe and answers none; only timeouts reveal it.',
  scope: 'unit',
  factor: 1,
  endedBy: 'answers',
};
const ANSWERS: FaultSpec = {
  id: 'answers',
  label: 'Answer again',
  help: 'Goes on with all it holds, even for callers that gave up.',
  scope: 'unit',
  factor: 1,
};
const PAUSE: FaultSpec = {
  id: 'pause',
  label: 'Pause 5 s (GC)',
  help: 'All work stands still and then goes on; a full backlog of connections turns further ones away unheard.',
  scope: 'unit',
  factor: 5,
};
/** Where somebody starts it again by itself. */
export const CRASH_LOOP: FaultSpec = {
  id: 'crashLoop',
  label: 'Crash loop',
  help: 'Crashes again a second after each start; each restart waits twice as long as the one before.',
  scope: 'unit',
  factor: 1,
  endedBy: 'restore',
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
export const SERVER_FAULTS: readonly FaultSpec[] = [
  CRASH,
  RESTORE,
  SLOW,
  FAST,
  ERRORS,
  NO_ERRORS,
  GRAY,
  NO_GRAY,
  BLACK_HOLE,
  ANSWERS,
  PAUSE,
];

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
