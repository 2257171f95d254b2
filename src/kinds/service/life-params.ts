/** How an instance of a service starts, takes in connections, comes back after a crash, and leaves. */
import type { LifeSettings } from '../../engine/units/process.ts';
import { defineParams, type ParamValues } from '../../model/params.ts';
import { count, duration, share } from '../work-params.ts';

export const LIFE_PARAMS = defineParams({
  backlog: count(
    'Accept backlog',
    'Connections that may wait at a process that stands still; further ones time out.',
    'Capacity',
    128,
    { max: 65_535 },
  ),
  warmUpMs: duration(
    'Warm-up',
    'After a start it gets faster for so long: caches fill, code is compiled.',
    'Life',
    0,
    {
      zero: 'none',
    },
  ),
  coldSpeedShare: {
    ...share('Speed when cold', 'At the end of the start; it rises evenly to all of it.', 'Life', 0.3),
    min: 0.01,
  },
  restartByItself: {
    type: 'flag',
    label: 'Restart after a crash',
    help: 'In 10 s, then twice as long with each crash, up to 5 min; 10 min up make it begin anew.',
    group: 'Life',
    default: false,
  },
  drainMs: duration(
    'Longest drain',
    'An instance on its way out may take so long for what it has; the rest is reset.',
    'Life',
    30_000,
    { zero: 'no limit' },
  ),
});

type LifeParams = ParamValues<typeof LIFE_PARAMS> & { readonly startMs: number };

export function lifeOf(params: LifeParams): LifeSettings {
  return {
    startMs: params.startMs,
    drainMs: params.drainMs,
    restarts: params.restartByItself,
    warmUpMs: params.warmUpMs,
    coldSpeed: params.coldSpeedShare,
  };
}
