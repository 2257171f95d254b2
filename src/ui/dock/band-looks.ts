/** How each state of a breaker or unit looks and is called on the timeline. It must not know canvases. */
import type { Band } from '../run/bands.ts';
import type { Token } from './plot.ts';

interface BandLook {
  readonly word: string;
  readonly fill: Token;
  readonly ink: Token;
}

const GOOD = { fill: '--ok-soft', ink: '--ok-ink' } as const;
const CAUTION = { fill: '--warn-soft', ink: '--warn-ink' } as const;
const BAD = { fill: '--bad', ink: '--on-state' } as const;
const QUIET = { fill: '--sunken', ink: '--ink-2' } as const;

export const BAND_LOOKS: Readonly<Record<Band['state'], BandLook>> = {
  closed: { word: 'closed', ...GOOD },
  halfOpen: { word: 'half-open', ...CAUTION },
  open: { word: 'open', ...BAD },
  forcedOpen: { word: 'forced open', ...BAD },
  disabled: { word: 'breaker off', ...QUIET },
  metricsOnly: { word: 'breaker watches', ...QUIET },
  cut: { word: 'partitioned', ...BAD },
  starting: { word: 'starting', ...CAUTION },
  up: { word: 'up', ...GOOD },
  degraded: { word: 'degraded', ...CAUTION },
  draining: { word: 'draining', ...CAUTION },
  down: { word: 'down', ...BAD },
  restarting: { word: 'restarting', ...CAUTION },
  stopped: { word: 'stopped', ...QUIET },
  backOff: { word: 'back-off', ...BAD },
  closing: { word: 'closing', ...CAUTION },
  paused: { word: 'paused', ...BAD },
  hung: { word: 'hung', ...BAD },
};
