// Random designs, policies, faults and live edits: the books always balance, the same seed is the same run however it is
// cut and written down, and when the clients fall silent everything comes back.
//
// FUZZ_SEEDS=5000 FUZZ_FROM=1 npx vitest run test/fuzz     any number of seeds
import { describe, expect, it, vi } from 'vitest';
import { runCase } from './case.ts';
import { KEPT } from './kept.ts';

const FROM = Number(process.env.FUZZ_FROM ?? 1);
const SEEDS = Number(process.env.FUZZ_SEEDS ?? 300);
const BLOCK = 25;

/** The seed that failed and how to see it again, or null. */
function failure(seed: number): string | null {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  try {
    runCase(seed);
    // A state machine that is told something after its end says so there.
    expect(warned.mock.calls).toEqual([]);
    return null;
  } catch (problem) {
    const said = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
    return `Seed ${seed} fails. Again: FUZZ_FROM=${seed} FUZZ_SEEDS=1 npx vitest run test/fuzz\n${said}`;
  } finally {
    warned.mockRestore();
  }
}

describe('random designs', () => {
  for (let first = FROM; first < FROM + SEEDS; first += BLOCK) {
    const last = Math.min(first + BLOCK, FROM + SEEDS) - 1;
    it(`seeds ${first} to ${last}`, { timeout: 120_000 }, () => {
      for (let seed = first; seed <= last; seed++) expect.soft(failure(seed)).toBeNull();
    });
  }
});

for (const { seed, found } of KEPT) {
  it(`kept seed ${seed}: ${found}`, () => expect(failure(seed)).toBeNull());
}
