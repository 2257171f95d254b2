/** Cases of queueing theory: what waiting does to response times, and what full queues turn away. Data. */
import { type CheckCase, designOf, ENDLESS, inARow } from './case.ts';
import * as theory from './formulas.ts';

const clients = (rateRps: number) => ['client', 'Clients', { rateRps }] as const;

/** One queue before `workers` that share it. */
const service = (serviceMs: number, shape: object, workers = 1, queueLimit = ENDLESS) =>
  ['service', 'Service', { instances: 1, workers, queueLimit, serviceMs, ...shape }] as const;

const EXPONENTIAL = { distribution: 'exponential' };

export const QUEUE_CASES: readonly CheckCase[] = [
  {
    id: 'mm1',
    name: 'One server at 80 % load',
    what: 'Random arrivals and random work: at 80 % load a request takes five times as long as its own work.',
    quantity: 'Mean response',
    source: 'M/M/1, A. K. Erlang 1909',
    design: inARow('mm1', [clients(160), service(5, EXPONENTIAL)]),
    measure: { of: 'responseMs' },
    unit: 'ms',
    theory: theory.mg1Response(0.16, 5, 1),
    forMs: 95_000,
    warmupMs: 5_000,
  },
  {
    id: 'tail',
    name: 'The slowest one in a hundred',
    what: 'The tail, not the mean: at 64 % load 1 % of the requests take over 64 ms, thirteen times their work.',
    quantity: 'Slower than 64 ms',
    source: 'M/M/1 response distribution',
    design: inARow('tail', [clients(128), service(5, EXPONENTIAL)]),
    measure: { of: 'slowerThan', ms: 64 },
    unit: 'share',
    theory: theory.mm1SlowerThan(0.128, 5, 64),
    forMs: 140_000,
    warmupMs: 3_000,
  },
  {
    id: 'md1',
    name: 'Work of constant length',
    what: 'Requests that all cost the same wait half as long as random ones: evenness is worth as much as speed.',
    quantity: 'Mean response',
    source: 'M/D/1, Pollaczek 1930, Khinchine 1932',
    design: inARow('md1', [clients(160), service(5, { distribution: 'constant' })]),
    measure: { of: 'responseMs' },
    unit: 'ms',
    theory: theory.mg1Response(0.16, 5, 0),
    forMs: 95_000,
    warmupMs: 5_000,
  },
  {
    id: 'mg1',
    name: 'A few very dear requests',
    what: 'Work that varies twice as much as random work waits two and a half times as long, at the same mean.',
    quantity: 'Mean response',
    source: 'M/G/1, Pollaczek 1930, Khinchine 1932',
    design: inARow('mg1', [clients(120), service(5, { distribution: 'hyperexponential', cv: 2 })]),
    measure: { of: 'responseMs' },
    unit: 'ms',
    theory: theory.mg1Response(0.12, 5, 2),
    forMs: 170_000,
    warmupMs: 8_000,
  },
  {
    id: 'mmc',
    name: 'Ten workers, one queue',
    what: 'A shared queue is what makes a pool strong: at 80 % load only 41 % of the requests wait at all.',
    quantity: 'Mean response',
    source: 'Erlang C, A. K. Erlang 1917',
    design: inARow('mmc', [clients(80), service(100, EXPONENTIAL, 10)]),
    measure: { of: 'responseMs' },
    unit: 'ms',
    theory: theory.mmcResponse(0.08, 100, 10),
    forMs: 160_000,
    warmupMs: 10_000,
  },
  {
    id: 'loss',
    name: 'Ten workers, no queue',
    what: 'How many a pool without a queue refuses depends on the mean of the work alone, whatever its shape.',
    quantity: 'Refused',
    source: 'Erlang B, A. K. Erlang 1917',
    design: inARow('loss', [clients(80), service(100, { distribution: 'lognormal', cv: 2 }, 10, 0)]),
    measure: { of: 'failed' },
    unit: 'share',
    theory: theory.erlangB(10, 8),
    forMs: 170_000,
    warmupMs: 10_000,
  },
  {
    id: 'full',
    name: 'Overload with a bounded queue',
    what: 'At 120 % of capacity a short queue refuses about the excess and keeps serving the rest at full speed.',
    quantity: 'Refused',
    source: 'M/M/c/K, Kleinrock 1975',
    design: inARow('full', [clients(120), service(100, EXPONENTIAL, 10, 20)]),
    measure: { of: 'failed' },
    unit: 'share',
    theory: theory.mmckRefused(10, 30, 12),
    forMs: 110_000,
    warmupMs: 10_000,
  },
  {
    id: 'users',
    name: 'Twenty users who wait',
    what: 'Users who wait for their answer hold themselves back: the queue cannot grow without end, as in a load test.',
    quantity: 'Mean response',
    source: 'Machine repairman, C. Palm 1947',
    design: inARow('users', [
      ['client', 'Users', { load: 'users', users: 20, thinkMs: 1_000 }],
      service(60, EXPONENTIAL),
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
      service(4, { ...EXPONENTIAL, waiting: 'async' }),
      ['database', 'Database', { slots: 1, maxConnections: 10_000, readMs: 6, writeMs: 6, ...EXPONENTIAL }],
    ]),
    measure: { of: 'responseMs' },
    unit: 'ms',
    theory: theory.tandemResponse(0.12, [4, 6]),
    forMs: 110_000,
    warmupMs: 5_000,
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
