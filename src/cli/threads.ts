/**
 * Replications on several threads of the same program file: the main thread deals out seeds, a worker answers each with
 * its measurements. Which thread runs a seed cannot be told from the result.
 */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { EndlessInstant } from '../engine/system.ts';
import { BadInput } from './bad-input.ts';
import { type Job, type Replication, replicate } from './replication.ts';

export interface Threads {
  /** At most so many; one seed never takes more than one. */
  readonly count: number;
  /** The file of this program, whose worker side calls `serveSeeds`. */
  readonly program: URL;
}

/** What a worker says of one seed. */
type Answer = { readonly replication: Replication } | { readonly problem: string };

/**
 * Runs the seeds and hands over each replication with the seed's place in the list, in any order. BadInput, of the first
 * such seed, when the design cannot get on in time; the error itself when a worker fails.
 */
export async function replicateAll(
  job: Job,
  seeds: readonly number[],
  { count, program }: Threads,
  take: (index: number, replication: Replication) => void,
): Promise<void> {
  const problems = new Map<number, string>();
  const settle = (index: number, answer: Answer) => {
    if ('problem' in answer) problems.set(index, answer.problem);
    else take(index, answer.replication);
  };
  let next = 0;
  const nextIndex = () => (next < seeds.length && problems.size === 0 ? next++ : null);
  const workers = Math.min(count, seeds.length);
  if (workers === 1) {
    for (let i = nextIndex(); i !== null; i = nextIndex()) settle(i, answerTo(job, seeds[i]));
  } else {
    const threads = Array.from({ length: workers }, () => new Worker(program, { workerData: job }));
    try {
      await Promise.all(threads.map((thread) => keepBusy(thread, seeds, nextIndex, settle)));
    } finally {
      await Promise.all(threads.map((thread) => thread.terminate()));
    }
  }
  // Seeds are dealt out in order, so the first with a problem is among those that were run.
  const first = Math.min(...problems.keys());
  if (problems.size > 0) throw new BadInput(`With seed ${seeds[first]}: ${problems.get(first)}`);
}

/** Gives a thread seeds until there are no more. */
function keepBusy(
  thread: Worker,
  seeds: readonly number[],
  nextIndex: () => number | null,
  settle: (index: number, answer: Answer) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let index: number | null = null;
    const deal = () => {
      index = nextIndex();
      if (index === null) resolve();
      else thread.postMessage(seeds[index]);
    };
    thread.on('error', reject);
    thread.on('exit', () => reject(new Error('A thread ended before its work was done.')));
    thread.on('message', (answer: Answer) => {
      settle(index!, answer);
      deal();
    });
    deal();
  });
}

/** The worker's side: answers every seed it is sent. */
export function serveSeeds(): void {
  const port = parentPort!;
  port.on('message', (seed: number) => port.postMessage(answerTo(workerData as Job, seed)));
}

function answerTo(job: Job, seed: number): Answer {
  try {
    return { replication: replicate(job, seed) };
  } catch (problem) {
    if (problem instanceof EndlessInstant) return { problem: problem.message };
    throw problem;
  }
}
