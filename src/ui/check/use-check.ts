/** One check after another: each request starts a worker of its own, and what an earlier one still says is not heard. */
import { useEffect, useState } from 'react';
import { type CheckEntry, type CheckResult, RUNS } from '../../session/check/protocol.ts';
import type { Check } from '../../session/check/remote.ts';

/** Its identity is what starts a check: the same seed can be asked for again. */
export interface CheckRequest {
  readonly seed: number;
}

export interface CheckProgress {
  readonly phase: 'running' | 'done' | 'failed';
  readonly entries: readonly CheckEntry[];
  /** By case id; of the running one so far. */
  readonly results: ReadonlyMap<string, CheckResult>;
  /** Why it failed. */
  readonly problem: string;
}

interface Heard extends CheckProgress {
  readonly request: CheckRequest | null;
}

const NOTHING: Heard = { request: null, phase: 'running', entries: [], results: new Map(), problem: '' };

export function useCheck(request: CheckRequest, start: () => Check): CheckProgress {
  const [heard, setHeard] = useState(NOTHING);
  useEffect(() => {
    let check: Check | null = null;
    let isCurrent = true;
    const hear = (change: (so: Heard) => Partial<Heard>) => {
      if (!isCurrent) return;
      setHeard((before) => {
        const so = of(before, request);
        return { ...so, request, ...change(so) };
      });
    };
    const carryOut = async () => {
      check = start();
      const entries = await check.cases();
      hear(() => ({ entries }));
      await check.run(request.seed, (result) =>
        hear(({ results }) => ({ results: new Map(results).set(result.id, result) })),
      );
      hear(() => ({ phase: 'done' }));
    };
    carryOut().catch((reason: unknown) =>
      hear(() => ({ phase: 'failed', problem: reason instanceof Error ? reason.message : String(reason) })),
    );
    return () => {
      isCurrent = false;
      check?.end();
    };
  }, [request, start]);
  return of(heard, request);
}

/** What was heard of this request; of another one only the cases are of use. */
function of(heard: Heard, request: CheckRequest): Heard {
  return heard.request === request ? heard : { ...NOTHING, entries: heard.entries };
}

export function isFinal(result: CheckResult | undefined): result is CheckResult {
  return result?.runs === RUNS;
}

/** Results that will not change any more. */
export function finalResults({ results }: CheckProgress): readonly CheckResult[] {
  return [...results.values()].filter(isFinal);
}
