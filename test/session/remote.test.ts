// The page's handle: calls get through, frames are acknowledged, a dead worker is noticed and can be replaced.
import { afterEach, expect, it } from 'vitest';
import { emptyDesign } from '../../src/model/document.ts';
import { failureOf } from '../../src/session/failure.ts';
import { WorkerEnded, createSession, type Session } from '../../src/session/remote.ts';
import type { Failure, Frame } from '../../src/session/protocol.ts';
import { createFakeWorker, type FakeWorker } from './fake-worker.ts';
import { eventually } from './patience.ts';

let fakes: FakeWorker[] = [];
let session: Session;
const design = { ...emptyDesign('Shop'), seed: 7 };

function start(): Session {
  fakes = [];
  session = createSession(() => {
    fakes.push(createFakeWorker());
    return fakes[fakes.length - 1].worker;
  });
  return session;
}
afterEach(() => session.stop());

it('a call is answered by the worker', async () => {
  const layout = await start().load(design);
  expect(layout.version).toBe(1);
  await session.setSpeed(10);
  expect(fakes[0].api.calls).toEqual(['load', 'speed 10']);
});

it('every frame reaches the listeners and is acknowledged', async () => {
  const frames: Frame[] = [];
  start().onFrame((frame) => frames.push(frame));
  await session.load(design);
  fakes[0].api.advance(100);
  fakes[0].api.advance(100);
  await eventually(() => expect(fakes[0].api.acks).toBe(3));
  expect(frames.map((frame) => frame.simMs)).toEqual([0, 100, 200]);
});

it('the memory of a frame goes back once the next one is there, except what was handed on', async () => {
  const frames: Frame[] = [];
  start().onFrame((frame) => frames.push(frame));
  await session.load(design);
  fakes[0].api.advance(1_000);
  await eventually(() => expect(frames).toHaveLength(2));
  const handedOn = frames[1].windows.buffer as ArrayBuffer;
  const sizes = { windows: handedOn.byteLength, heat: frames[1].windowHeat.byteLength };
  expect([sizes.windows, sizes.heat]).toEqual([2 * 9 * 8, 2 * 24 * 4]);
  const painters = structuredClone(handedOn, { transfer: [handedOn] });
  fakes[0].api.advance(100);
  await eventually(() => expect(frames).toHaveLength(3));
  session.recycle(painters);
  fakes[0].api.advance(100);
  await eventually(() => expect(fakes[0].api.returned).toHaveLength(4));
  expect(fakes[0].api.returned.map((bytes) => bytes.includes(sizes.windows))).toEqual([
    false,
    false,
    false,
    true,
  ]);
  expect(fakes[0].api.returned.map((bytes) => bytes.includes(sizes.heat))).toEqual([
    false,
    false,
    true,
    false,
  ]);
  expect(frames[1].windowHeat.byteLength).toBe(0);
  expect(frames[3].windowHeat.buffer).toBeDefined();
});

it('a crash ends the worker and is told with time, seed and design', async () => {
  const failures: Failure[] = [];
  start().onFailure((failure) => failures.push(failure));
  await session.load(design);
  fakes[0].api.advance(54_200);
  await eventually(() => expect(fakes[0].api.acks).toBe(2));
  fakes[0].crash('Uncaught RangeError: boom');
  expect(failures).toHaveLength(1);
  expect(failures[0]).toMatchObject({ message: 'Uncaught RangeError: boom.', simMs: 54_200 });
  expect(failures[0].report).toContain('54200 ms');
  expect(failures[0].report).toContain('Seed: 7');
  expect(failures[0].report).toContain('"name":"Shop"');
  expect(fakes[0].isTerminated).toBe(true);
});

it('a failure the worker caught itself is told as it is', async () => {
  const failures: Failure[] = [];
  start().onFailure((failure) => failures.push(failure));
  await session.load(design, 'd1');
  fakes[0].tellFailure({ message: 'Queue broke', simMs: 12, node: 'api', report: 'all of it' });
  await eventually(() => expect(failures).toHaveLength(1));
  expect(failures[0]).toMatchObject({ message: 'Queue broke', simMs: 12, node: 'api' });
  for (const part of [
    'Queue broke',
    '12 ms',
    'Node: api',
    'Seed: 7',
    'Drill: d1',
    'all of it',
    '"name":"Shop"',
  ]) {
    expect(failures[0].report).toContain(part);
  }
});

it('a worker that ends before it was heard of did not start; one that ends later says that it gave no reason', async () => {
  const failures: Failure[] = [];
  start().onFailure((failure) => failures.push(failure));
  const refused = expect(session.load(design)).rejects.toBeInstanceOf(WorkerEnded);
  fakes[0].crash('');
  await refused;
  expect(failures[0].message).toMatch(/^It could not be started, .*Check the connection and start again/);
  await session.load(design);
  fakes[1].crash('');
  expect(failures[1].message).toMatch(/^It ended without saying why/);
});

it('where no worker can be made at all, that is a failure like any other', async () => {
  const failures: Failure[] = [];
  session = createSession(() => {
    throw new DOMException('Workers are off here', 'SecurityError');
  });
  session.onFailure((failure) => failures.push(failure));
  await expect(session.load(design)).rejects.toBeInstanceOf(WorkerEnded);
  expect(failures[0].message).toMatch(/^It could not be started, .*\(Workers are off here\)/);
  expect(failures[0].report).toContain('"name":"Shop"');
});

it('running out of memory is told in words that help', () => {
  for (const said of ['Array buffer allocation failed', 'Invalid typed array length: 8589934592']) {
    expect(failureOf(new RangeError(said), 5).message).toMatch(
      /^There was not enough memory to go on\. .*lower the rate/,
    );
    expect(failureOf(new RangeError(said), 5).report).toContain(said);
  }
  expect(failureOf(new RangeError('Speed must be above 0, not -1.'), 5).message).toBe(
    'Speed must be above 0, not -1.',
  );
});

it('calls that were on their way when it ended are rejected, not left waiting', async () => {
  await start().load(design);
  const waiting = session.recentTraces();
  session.stop();
  await expect(waiting).rejects.toBeInstanceOf(WorkerEnded);
});

it('the next call after the end starts a fresh worker; the old one is heard no more', async () => {
  const frames: Frame[] = [];
  await start().load(design);
  session.onFrame((frame) => frames.push(frame));
  session.stop();
  await session.load(design);
  expect(fakes).toHaveLength(2);
  fakes[0].api.advance(500);
  fakes[1].api.advance(100);
  await eventually(() => expect(frames.at(-1)?.simMs).toBe(100));
  expect(frames.every((frame) => frame.simMs <= 100)).toBe(true);
});
