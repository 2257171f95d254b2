/** Cases of who goes first: the last come, and the most important. Data. */
import { type CheckCase, clients, designOf, EXPONENTIAL, inARow, queue } from './case.ts';
import * as theory from './formulas.ts';

/** 60 important requests a second and 80 others before one server of 5 ms: a load of 0.3 and of 0.4. */
const CLASSES: readonly (readonly ['important' | 'others', string, string])[] = [
  [
    'important',
    'The important first',
    'They wait for the work under way and for each other, never for the others.',
  ],
  [
    'others',
    'Those who let others go first',
    'They pay for it: their wait is three times as long as that of the important.',
  ],
];

export const ORDER_CASES: readonly CheckCase[] = [
  {
    id: 'last',
    name: 'Last come, first served',
    what: 'The mean stays as it is, but who came early waits long: times spread by half as much again.',
    quantity: 'Mean square, in squares of the work',
    source: 'M/M/1 LIFO; L. Takács 1963',
    design: inARow('last', [clients(100), queue(5, { ...EXPONENTIAL, discipline: 'lifo' })]),
    measure: { of: 'square', ms: 5 },
    unit: 'factor',
    theory: theory.lastComeSquare(0.1, 5),
    forMs: 165_000,
    warmupMs: 2_000,
  },
  ...CLASSES.map(([id, name, what], i): CheckCase => ({
    id,
    name,
    what,
    quantity: 'Mean response',
    source: 'Priority queue, A. Cobham 1954',
    design: designOf(
      id,
      [
        ['client', 'Important', { rateRps: 60, priority: 0 }],
        ['client', 'Others', { rateRps: 80, priority: 2 }],
        queue(5, { ...EXPONENTIAL, discipline: 'priority' }),
      ],
      [
        [0, 2],
        [1, 2],
      ],
    ),
    measure: { of: 'responseMs', client: `${id}-${i + 1}` },
    unit: 'ms',
    theory: theory.classResponses(5, [0.06, 0.08])[i],
    forMs: 100_000,
    warmupMs: 4_000,
  })),
];
