/** Parameters of a service about more work than it can do, and about calling several dependencies at once. */
import type { SheddingSettings } from '../../engine/station/shedding.ts';
import { toNs } from '../../engine/time.ts';
import { defineParams } from '../../model/params.ts';
import { duration } from '../work-params.ts';

const QUEUES = { param: 'shedding', is: ['codel', 'standing'] } as const;

export const OVERLOAD_PARAMS = defineParams({
  shedding: {
    type: 'choice',
    label: 'Load shedding',
    help: 'Answers 503 before it is too late: to those who waited too long, to more than a limit that follows the latency, or to the less important first.',
    group: 'Overload',
    default: 'none',
    options: [
      { value: 'none', label: 'none' },
      { value: 'codel', label: 'CoDel (RFC 8289)' },
      { value: 'standing', label: 'controlled delay' },
      { value: 'gradient', label: 'gradient limit (Envoy)' },
      { value: 'gradient2', label: 'Gradient2 limit (Netflix)' },
      { value: 'classes', label: 'by class of request' },
    ],
  },
  shedTargetMs: duration(
    'Wait aimed at',
    'Waits above it, for a whole interval, mean overload.',
    'Overload',
    5,
    {
      when: QUEUES,
    },
  ),
  shedIntervalMs: duration('Interval', 'How long waits may be above it.', 'Overload', 100, {
    min: 1,
    when: QUEUES,
  }),
  together: {
    type: 'flag',
    label: 'Calls at once',
    help: 'Dependencies at the same place in the order are called at the same time; it goes on when all have answered.',
    group: 'Dependencies',
    default: false,
  },
});

interface Shed {
  readonly shedding: string;
  readonly shedTargetMs: number;
  readonly shedIntervalMs: number;
  readonly workers: number;
  readonly queueLimit: number;
}

/** In the engine's units; null: nothing is shed. */
export function sheddingOf(p: Shed): SheddingSettings | null {
  if (p.shedding === 'none') return null;
  return {
    kind: p.shedding as SheddingSettings['kind'],
    targetNs: toNs(p.shedTargetMs),
    intervalNs: toNs(p.shedIntervalMs),
    places: p.workers + p.queueLimit,
  };
}
