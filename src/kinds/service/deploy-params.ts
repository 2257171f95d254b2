/** How a new version replaces the old one, and how callers hear of instances that leave. */
import { defineParams } from '../../model/params.ts';
import { duration, share } from '../work-params.ts';

export const DEPLOY_PARAMS = defineParams({
  surgeShare: share('Surge', 'So many more than wanted while a deploy runs; rounded up.', 'Deploy', 0.25),
  unavailableShare: share(
    'Unavailable',
    'So many fewer ready than wanted while a deploy runs; rounded down.',
    'Deploy',
    0.25,
  ),
  preStopMs: duration(
    'Wait before stopping',
    'An instance told to leave still takes calls for so long (preStop), as part of its longest drain.',
    'Deploy',
    0,
    { zero: 'none' },
  ),
  endpointMs: duration(
    'Callers hear of it after',
    'Until then they go on calling an instance that leaves.',
    'Deploy',
    1_000,
  ),
});
