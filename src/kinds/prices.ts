/**
 * What things cost a month, roughly: the table people edit. The numbers are round ones near what several clouds ask
 * for plain on-demand capacity; no vendor's list is meant. It must not know any kind.
 */

/** When somebody last looked at the defaults. */
export const PRICES_AS_OF = '2026-01';

export interface Price {
  readonly label: string;
  /** What one of it is: "per vCPU and month", or what the number counts. */
  readonly unit: string;
  readonly help: string;
  readonly default: number;
}

/** In whole units of whatever currency one thinks in; the defaults were chosen with US dollars in mind. */
export const PRICES = {
  vcpu: {
    label: 'Compute',
    unit: 'per vCPU and month',
    help: 'Virtual machines or containers for services, on demand, memory included.',
    default: 30,
  },
  databaseVcpu: {
    label: 'Database',
    unit: 'per vCPU and month',
    help: 'A managed database node, storage and backups included.',
    default: 75,
  },
  cacheGb: {
    label: 'Cache memory',
    unit: 'per GB and month',
    help: 'A managed in-memory cache.',
    default: 18,
  },
  balancer: {
    label: 'Balancer',
    unit: 'each per month',
    help: 'The fixed part of a managed load balancer.',
    default: 20,
  },
  balancerMillion: {
    label: 'Balanced requests',
    unit: 'per million',
    help: 'The part of a managed load balancer that grows with traffic.',
    default: 0.1,
  },
  cdnMillion: {
    label: 'CDN requests',
    unit: 'per million',
    help: 'Requests answered or passed on at the edge.',
    default: 0.8,
  },
  egressGb: {
    label: 'Data out',
    unit: 'per GB',
    help: 'Answers that leave the network towards clients.',
    default: 0.06,
  },
} as const satisfies Record<string, Price>;

export type PriceId = keyof typeof PRICES;

/** Guesses that turn settings into quantities. They are assumptions of the estimate, never of the simulation. */
export const SIZES = {
  meanShare: {
    label: 'Traffic around the clock',
    unit: 'share of the drawn rate',
    help: 'Designs are drawn for busy hours; over a month there is less. Requests are counted at this share.',
    default: 0.3,
  },
  answerKb: {
    label: 'Size of an answer',
    unit: 'kB',
    help: 'What one answer to a client weighs on its way out.',
    default: 10,
  },
  workersPerVcpu: {
    label: 'Workers per vCPU',
    unit: 'of a service',
    help: 'Requests one vCPU of a service works on at the same time.',
    default: 8,
  },
  slotsPerVcpu: {
    label: 'Slots per vCPU',
    unit: 'of a database',
    help: 'Statements one vCPU of a database works on at the same time.',
    default: 4,
  },
  entryKb: {
    label: 'Size of a cache entry',
    unit: 'kB',
    help: 'Memory one entry takes, its key included.',
    default: 1,
  },
} as const satisfies Record<string, Price>;

export type SizeId = keyof typeof SIZES;
export type Sizes = Readonly<Record<SizeId, number>>;

const SECONDS_PER_MONTH = 730 * 3_600;

/** Millions of requests a month at this rate in busy hours. */
export function monthlyMillions(rps: number, sizes: Sizes): number {
  return (rps * sizes.meanShare * SECONDS_PER_MONTH) / 1e6;
}

/** "3,500 a second in busy hours". */
export function rateWords(rps: number): string {
  return `${Math.round(rps).toLocaleString('en-US')} a second in busy hours`;
}
