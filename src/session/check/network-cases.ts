/** Cases of several queues: users who wait, tiers in a row, and what balancers make of them. Data. */
import { type CheckCase, clients, designOf, ENDLESS, EXPONENTIAL, inARow, queue } from './case.ts';
import * as theory from './formulas.ts';

export const NETWORK_CASES: readonly CheckCase[] = [
  {
    id: 'users',
    name: 'Twenty users who wait',
    what: 'Users who wait for their answer hold themselves back: the queue cannot grow without end, as in a load test.',
    quantity: 'Mean response',
    source: 'Machine repairman, C. Palm 1947',
    design: inARow('users', [
      ['client', 'Users', { load: 'users', users: 20, thinkMs: 1_000 }],
      queue(60, EXPONENTIAL),
    ]),
    measure: { of: 'responseMs' },
    unit: 'ms',
    theory: theory.repairmanResponse(20, 1_000, 60),
    forMs: 480_000,
    warmupMs: 20_000,
  },
  {
    id: 'tandem',
    name: 'A service and its database',
    what: 'What leaves one random queue reaches the next as if fresh, so the times of two tiers simply add up.',
    quantity: 'Mean response',
    source: 'Tandem queue, Burke 1956, Jackson 1957',
    design: inARow('tandem', [
      clients(120),
      queue(4, { ...EXPONENTIAL, waiting: 'async' }),
      ['database', 'Database', { slots: 1, maxConnections: 10_000, readMs: 6, writeMs: 6, ...EXPONENTIAL }],
    ]),
    measure: { of: 'responseMs' },
    unit: 'ms',
    theory: theory.tandemResponse(0.12, [4, 6]),
    forMs: 110_000,
    warmupMs: 5_000,
  },
  {
    id: 'narrow',
    name: 'A link that is nearly full',
    what: 'A link of limited bandwidth is a queue too: at 80 % load an answer takes three times as long as its bits.',
    quantity: 'Mean response',
    source: 'M/D/1, Pollaczek 1930, Khinchine 1932',
    design: inARow('narrow', [clients(200), queue(0, { distribution: 'constant' }, 10_000)], {
      // 10 kB take 4 ms.
      'narrow-1-2': { bandwidthMbps: 20, requestBytes: 0, answerBytes: 10_000 },
    }),
    measure: { of: 'responseMs' },
    unit: 'ms',
    theory: theory.mg1Response(0.2, 4, 0),
    forMs: 95_000,
    warmupMs: 5_000,
  },
  {
    id: 'network',
    name: 'A network of queues',
    what: 'Three requests in five need one service, two in five the other, some both: each is a queue by itself.',
    quantity: 'Mean response',
    source: 'Jackson network, J. R. Jackson 1957',
    design: designOf(
      'network',
      [
        clients(180),
        ['service', 'Passes on', { instances: 1, workers: 10_000, serviceMs: 0, distribution: 'constant' }],
        queue(5, EXPONENTIAL),
        queue(5, EXPONENTIAL),
      ],
      [
        [0, 1],
        [1, 2],
        [1, 3],
      ],
      { 'network-2-3': { callShare: 0.6 }, 'network-2-4': { callShare: 0.4 } },
    ),
    measure: { of: 'responseMs' },
    unit: 'ms',
    theory: 0.6 * theory.mg1Response(0.6 * 0.18, 5, 1) + 0.4 * theory.mg1Response(0.4 * 0.18, 5, 1),
    forMs: 80_000,
    warmupMs: 3_000,
  },
  {
    id: 'turns',
    name: 'Ten queues in turn',
    what: 'Round robin over ten servers halves the wait of a random choice; one shared queue would have a ninth of it.',
    quantity: 'Mean response',
    source: 'Eₙ/M/1, Kleinrock 1975',
    design: balanced('turns', 'roundRobin', 800, 10),
    measure: { of: 'responseMs' },
    unit: 'ms',
    theory: theory.roundRobinResponse(0.8, 10, 10),
    forMs: 20_000,
    warmupMs: 3_000,
  },
  {
    id: 'shorter',
    name: 'The shorter of two queues',
    what: 'Two choices look at both queues and take the shorter: nearly as good as one queue for both servers.',
    quantity: 'Mean response',
    source: 'Balance equations; Adan, Wessels, Zijm 1990',
    design: balanced('shorter', 'twoChoices', 160, 2),
    measure: { of: 'responseMs' },
    unit: 'ms',
    theory: theory.shorterOfTwoResponse(0.16, 10),
    forMs: 85_000,
    warmupMs: 5_000,
  },
  {
    id: 'least',
    name: 'Least connections, two queues',
    what: 'Whoever counts what is open at each joins the shorter queue as well: the same wait by another rule.',
    quantity: 'Mean response',
    source: 'Balance equations; Adan, Wessels, Zijm 1990',
    design: balanced('least', 'leastConnections', 160, 2),
    measure: { of: 'responseMs' },
    unit: 'ms',
    theory: theory.shorterOfTwoResponse(0.16, 10),
    forMs: 66_000,
    warmupMs: 5_000,
  },
];

/** A balancer before instances of one worker with 10 ms of exponential work. */
function balanced(id: string, algorithm: string, rateRps: number, instances: number) {
  const parts = [
    clients(rateRps),
    ['balancer', 'Balancer', { algorithm, overheadMs: 0, passive: false }],
    [
      'service',
      'Service',
      { instances, workers: 1, queueLimit: ENDLESS, serviceMs: 10, distribution: 'exponential' },
    ],
  ] as const;
  return designOf(id, parts, [
    [0, 1],
    [1, 2],
  ]);
}
