// What a breaker makes of a trial call that its caller gives up, as the presets of libraries have it (rule 19).
import { expect, it } from 'vitest';
import { BREAKER_STATE_NAMES } from '../../src/engine/states.ts';
import { toNs } from '../../src/engine/time.ts';
import { LINK_PRESETS } from '../../src/kinds/link-presets.ts';
import { assemble } from '../../src/session/assemble.ts';
import { findWrongBooks } from '../fuzz/books.ts';
import { constant } from '../kinds/asked.ts';
import { DIRECT, sketch, type Sketched } from '../kinds/sketch.ts';

const MANY = { workers: 1_000, queueLimit: 1_000 };

it.each([
  ['hystrix', {}, 'open', 2],
  ['polly', {}, 'open', 2],
  ['hystrix', { breakerCancelOpens: false }, 'halfOpen', 1],
])('%s %j: after a trial that its caller gave up it is %s', (id, more, state, trips) => {
  const preset = LINK_PRESETS.find((each) => each.id === id)!.params;
  const nodes: Record<string, Sketched> = {
    u: ['client', { load: 'constant', rateRps: 100, readShare: 1 }],
    api: constant(0, MANY),
    s: constant(500, MANY),
  };
  const links = {
    'u > api': { ...DIRECT, attemptTimeoutMs: 100, onGiveUp: 'full' },
    'api > s': { ...DIRECT, ...preset, attempts: 1, breakerMinCalls: 20, ...more },
  };
  const running = assemble(sketch(nodes, links), 1e6);
  running.stations.get('s')!.fault('errors', -1, 1);
  running.system.run(toNs(1_000), Infinity);
  running.stations.get('s')!.fault('noErrors', -1, 0);
  // Open at 0.2 s, half-open 5 s later; the trial takes 500 ms, its caller waits for 100.
  running.system.run(toNs(5_500), Infinity);
  const [breaker] = running.links.get('l2')!.gate.breakers.all;
  expect([BREAKER_STATE_NAMES[breaker.state], breaker.trips]).toEqual([state, trips]);
  expect(findWrongBooks(running.system)).toEqual([]);
});
