/** What products let people tune of an algorithm beyond its name. */
import { defineParams } from '../../model/params.ts';
import { count } from '../work-params.ts';

const CHOOSES = { param: 'algorithm', is: ['twoChoices'] } as const;

export const TUNING_PARAMS = defineParams({
  choices: count(
    'Choices',
    'Peers drawn for each request, of which the least busy is taken.',
    'Balancing',
    2,
    {
      min: 2,
      max: 10,
      when: CHOOSES,
      after: 'algorithm',
    },
  ),
  loadBias: {
    type: 'number',
    label: 'Weight of open requests',
    help: 'Where weights differ (Envoy): each is divided by the requests open + 1 to this power; 0 takes turns by weight alone.',
    group: 'Balancing',
    after: 'choices',
    unit: 'factor',
    default: 1,
    min: 0,
    max: 10,
    when: CHOOSES,
  },
  aggression: {
    type: 'number',
    label: 'Slow start, aggression',
    help: 'Of Envoy: above 1 the weight grows fast at first, below 1 slowly.',
    group: 'Balancing',
    after: 'slowStartMs',
    unit: 'factor',
    default: 1,
    min: 0.1,
    max: 10,
    when: { param: 'slowStartMs', isNot: [0] },
  },
});
