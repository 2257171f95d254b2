/** The agenda against a plain sorted list: every event comes once, in order of time, class and sequence. */
import { describe, expect, test } from 'vitest';
import { Agenda, ARRIVAL, CANCELLATION, COMPLETION, CONTROL, TIMER } from '../../src/engine/agenda/agenda.ts';
import { createStream, type Stream } from '../../src/engine/chance/random.ts';

const CLASSES = [COMPLETION, CANCELLATION, TIMER, ARRIVAL, CONTROL];

interface Expected {
  time: number;
  order: number;
  who: number;
}

/**
 * Keeps `pending` events waiting through `rounds` of one taken and one or more scheduled after `delay(stream)` ns, or
 * with a lane for one of the `fixed` delays.
 */
function drive(
  seed: number,
  pending: number,
  rounds: number,
  delay: (stream: Stream) => number,
  fixed: readonly number[] = [],
) {
  const stream = createStream(seed, 'agenda', 'test');
  const agenda = new Agenda();
  const waiting: Expected[] = [];
  const wrong: string[] = [];
  let who = 0;
  const lanes = fixed.map((ns) => agenda.openLane(ns)!);
  const schedule = () => {
    const lane = lanes.length > 0 && stream.chance(0.7) ? lanes[stream.below(lanes.length)] : null;
    const after = lane?.delayNs ?? Math.floor(delay(stream));
    const event = { time: agenda.time + after, order: CLASSES[stream.below(5)], who: who++ };
    if (lane === null) agenda.at(event.time, event.order, event.who & 1023, event.who);
    else agenda.pushInto(lane, event.order, event.who & 1023, event.who);
    // Behind all that come before it or were scheduled earlier.
    let at = waiting.length;
    while (at > 0 && isLater(waiting[at - 1], event)) at--;
    waiting.splice(at, 0, event);
  };
  agenda.limit = Infinity;
  for (let i = 0; i < pending; i++) schedule();
  for (let round = 0; round < rounds && wrong.length === 0; round++) {
    const expected = waiting.shift()!;
    const got = agenda.next();
    if (
      !got ||
      agenda.time !== expected.time ||
      agenda.who !== expected.who ||
      agenda.what !== (expected.who & 1023)
    )
      wrong.push(`round ${round}: expected ${JSON.stringify(expected)}, got ${agenda.who} at ${agenda.time}`);
    if (waiting.length !== agenda.pending) wrong.push(`round ${round}: ${agenda.pending} pending`);
    for (let n = waiting.length < pending ? 1 + stream.below(2) : 0; n > 0; n--) schedule();
  }
  return wrong;
}

function isLater(a: Expected, b: Expected): boolean {
  return a.time > b.time || (a.time === b.time && a.order > b.order);
}

const DELAYS: [string, (stream: Stream) => number][] = [
  ['any up to 10 ms', (s) => s.uniform() * 1e7],
  ['three constants', (s) => [0, 200_000, 500_000][s.below(3)]],
  ['a few instants only, so that most coincide', (s) => s.below(4) * 1e6],
  ['all at one instant', () => 0],
  ['from nanoseconds to hours', (s) => 2 ** (s.uniform() * 42)],
  ['mostly short, some far beyond', (s) => (s.chance(0.9) ? s.uniform() * 1e4 : 1e12 + s.uniform())],
];

describe.each([1, 30, 2_000])('%i pending events (rule 2)', (pending) => {
  test.each(DELAYS)('with delays %s come in order', (_name, delay) => {
    expect(drive(7, pending, pending > 1_000 ? 20_000 : 60_000, delay)).toEqual([]);
  });
});

describe.each([1, 30, 2_000])('%i pending events, most of them in lanes (rule 2)', (pending) => {
  const rounds = pending > 1_000 ? 20_000 : 60_000;
  test.each([
    ['one lane', [500_000]],
    ['lanes that often coincide with each other and with dates', [0, 1e6, 2e6, 3e6]],
    ['all at one instant', [0]],
    ['eight lanes', [1, 2, 3, 5, 8, 13, 21, 34]],
  ])('%s: all come in order', (_name, fixed) => {
    expect(drive(13, pending, rounds, (s) => s.below(4) * 1e6, fixed)).toEqual([]);
  });
});

test('there are eight lanes at most; one that nobody uses makes room for another when its events have come', () => {
  const agenda = new Agenda();
  agenda.limit = Infinity;
  const lanes = Array.from({ length: 8 }, (_, i) => agenda.openLane(i)!);
  expect(agenda.openLane(3)).toBe(lanes[3]);
  expect(agenda.openLane(8)).toBe(null);
  agenda.pushInto(lanes[7], ARRIVAL, 0, 7);
  agenda.closeLane(lanes[7]);
  expect(agenda.openLane(8)).toBe(null);
  expect([agenda.next(), agenda.who, agenda.pending]).toEqual([true, 7, 0]);
  expect(agenda.openLane(8)?.delayNs).toBe(8);
});

test('an event of a lane waits for its time like any other', () => {
  const agenda = new Agenda();
  const lane = agenda.openLane(5)!;
  agenda.pushInto(lane, ARRIVAL, 1, 1);
  agenda.limit = 4;
  expect([agenda.due, agenda.next(), agenda.time]).toEqual([5, false, 0]);
  agenda.limit = 5;
  expect([agenda.next(), agenda.who, agenda.next()]).toEqual([true, 1, false]);
});

test('nothing later than the limit is taken, and it waits where it is', () => {
  const agenda = new Agenda();
  agenda.at(5, ARRIVAL, 1, 1);
  agenda.at(1e15, ARRIVAL, 2, 2);
  agenda.limit = 4;
  expect(agenda.next()).toBe(false);
  agenda.limit = 5;
  expect([agenda.next(), agenda.who, agenda.next()]).toEqual([true, 1, false]);
  agenda.limit = Infinity;
  expect([agenda.next(), agenda.who, agenda.time, agenda.next()]).toEqual([true, 2, 1e15, false]);
});

test('when a busy time is followed by a quiet one the order stays exact', () => {
  let calls = 0;
  const busyThenQuiet = (s: Stream) => (calls++ % 30_000 < 15_000 ? s.uniform() * 1e3 : s.uniform() * 1e9);
  expect(drive(11, 200, 100_000, busyThenQuiet)).toEqual([]);
});
