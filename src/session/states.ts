/** Names of states as numbers of frames stand for them, and how bad news is. It must not know who reads them. */

/** Values of the `state` column of a unit: index into this list. */
export const UNIT_STATES = [
  'starting',
  'up',
  'degraded',
  'draining',
  'down',
  'restarting',
  'stopped', // taken out of service; its place may be used again
  'backOff', // crashed, and waits until it is started again
  'closing', // on its way out, refuses new calls
  'paused', // stands still for a while
  'hung', // accepts calls and answers none
] as const;
export type UnitState = (typeof UNIT_STATES)[number];

export const BREAKER_STATES = [
  'closed',
  'halfOpen',
  'open',
  'forcedOpen',
  'disabled',
  'metricsOnly',
] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

export type Severity = 'info' | 'good' | 'warning' | 'bad';
