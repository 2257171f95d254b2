/** What breakers and units may be in, by name; the numbers on the request path are places in these lists. Data only. */

export const BREAKER_STATE_NAMES = [
  'closed',
  'halfOpen',
  'open',
  'forcedOpen',
  'disabled',
  'metricsOnly',
] as const;

export const LIFE_NAMES = [
  'starting',
  'up',
  'degraded',
  'draining',
  'down',
  'restarting',
  'stopped', // taken out of service; its place may be used again
  'backOff', // crashed, and waits until it is started again
  'closing', // on its way out, refuses new calls
] as const;

/** Shown beyond the states of life: the process does not get on. */
export const STALL_NAMES = [
  'paused', // stands still for a while
  'hung', // accepts calls and answers none
] as const;
