/** Further parameters of a caller's policy: what is repeated, where the link lists it. */
import { defineParams } from '../model/params.ts';

const GROWING = { param: 'backoff', is: ['exponential', 'full', 'equal'] } as const;

export const RETRY_PARAMS = defineParams({
  retryOutcomes: {
    type: 'set',
    label: 'Repeated after',
    help: 'Refusals by a full queue, a limit or a shedder count as 503. They, 429 and no connection are repeated for writes too, the others only where repeating does no harm.',
    group: 'Retries',
    after: 'retryOn',
    default: 'connect,reset,timeout,429,502,503,504',
    options: [
      { value: 'connect', label: 'no connection' },
      { value: 'reset', label: 'reset' },
      { value: 'timeout', label: 'timeout' },
      { value: '429', label: '429' },
      { value: '500', label: '500' },
      { value: '502', label: '502' },
      { value: '503', label: '503' },
      { value: '504', label: '504' },
    ],
    when: { param: 'retryOn', is: ['listed'] },
  },
  backoffFactor: {
    type: 'number',
    label: 'Pauses grow by',
    help: 'Each over the one before, up to the longest.',
    group: 'Retries',
    after: 'backoffCapMs',
    unit: 'factor',
    default: 2,
    min: 1,
    max: 10,
    when: GROWING,
  },
  backoffStartsGrown: {
    type: 'flag',
    label: 'The first is grown already',
    help: 'It is the first pause times the growth, as in the published simulator of back-off and jitter.',
    group: 'Retries',
    after: 'backoffFactor',
    default: false,
    when: GROWING,
  },
});
