/** What databases share when they are judged at rest. It must not know which kind asks. */
import type { DesignNode } from '../model/document.ts';
import type { CostItem, Finding } from './contract.ts';
import type { Sizes } from './prices.ts';
import { number, setParam } from './review/words.ts';

interface Capacity {
  readonly slots: number;
  readonly maxConnections: number;
}

/** The quicker of reads and writes: which of them come is the clients' business, and no rule should claim too much. */
export function leastWorkMs({
  readMs,
  writeMs,
}: {
  readonly readMs: number;
  readonly writeMs: number;
}): number {
  return Math.min(readMs, writeMs);
}

export function idleSlots(node: DesignNode, { slots, maxConnections }: Capacity): Finding[] {
  if (slots <= maxConnections) return [];
  return [
    {
      rule: 'slots-without-connections',
      severity: 'warning',
      text: `${node.label} could work on ${number(slots)} statements at once, but admits only ${number(maxConnections)}.`,
      why: 'The rest of its capacity can never be used.',
      fix: setParam(`Admit ${number(slots)}`, node.id, 'maxConnections', slots),
    },
  ];
}

export function databaseCost(units: number, slots: number, sizes: Sizes, noun: string): CostItem[] {
  const each = Math.max(1, Math.ceil(slots / sizes.slotsPerVcpu));
  const words = `${number(units)} ${noun}${units === 1 ? '' : 's'} × ${each} vCPU (${sizes.slotsPerVcpu} slots each)`;
  return [{ price: 'databaseVcpu', quantity: units * each, words }];
}
