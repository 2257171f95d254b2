/** The worker of the model check: runs the cases one after another and tells the page how each stands. */
import { expose } from 'comlink';
import { VOCABULARY } from '../../kinds/catalog.ts';
import { encodeLink } from '../../model/url.ts';
import type { CheckCase } from './case.ts';
import { CASES } from './cases.ts';
import type { CheckApi, CheckEntry } from './protocol.ts';
import { RUNS } from './protocol.ts';
import { type CaseRun, judge, runOnce } from './run-case.ts';

/** Runs between two results of the same case: often enough to see an estimate settle. */
const TELL_EVERY = 4;

const channel = new MessageChannel();
let next: (() => void) | null = null;
channel.port1.onmessage = () => next?.();

/** Lets messages in, between two runs of some hundredths of a second. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    next = resolve;
    channel.port2.postMessage(null);
  });
}

async function entryOf(check: CheckCase): Promise<CheckEntry> {
  const { id, name, what, quantity, source, unit, theory, design } = check;
  const link = await encodeLink(design, {}, VOCABULARY);
  return { id, name, what, quantity, source, unit, theory, link };
}

const api: CheckApi = {
  cases: () => Promise.all(CASES.map(entryOf)),
  async run(seed, onResult) {
    for (const check of CASES) {
      const runs: CaseRun[] = [];
      while (runs.length < RUNS) {
        await breathe();
        runs.push(runOnce(check, seed, runs.length));
        if (runs.length % TELL_EVERY === 0 || runs.length === RUNS) onResult(judge(check, runs));
      }
    }
  },
};

expose(api);
