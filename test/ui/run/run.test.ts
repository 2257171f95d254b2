// The run follows people and the document: what is sent to the worker, what is kept of its frames.
import { afterEach, expect, it } from 'vitest';
import { shop, startRun, untilPlay, type Started } from './started.ts';
import { eventually } from '../../session/patience.ts';

let started: Started | null = null;
const start = async () => (started = await startRun());
afterEach(() => started?.run.dispose());

const longer = (name: string) => (design: typeof shop) => ({
  ...design,
  nodes: design.nodes.map((node) =>
    node.id === 'api' ? { ...node, params: { instances: 5, note: name } } : node,
  ),
});
const callsOf = ({ worker }: Started) => worker().api.calls.filter((call) => !call.startsWith('speed'));

it('loads the design, plays and pauses', async () => {
  const { run, worker } = await start();
  run.play();
  await untilPlay(run, 'playing');
  await eventually(() => expect(worker().api.calls).toContain('play'));
  run.pause();
  await untilPlay(run, 'paused');
  await eventually(() => expect(callsOf(started!)).toEqual(['load', 'play', 'pause']));
});

it('before the first event an edit loads anew, so that the link gives the same run', async () => {
  const { run, worker, change } = await start();
  change(longer('a'));
  await eventually(() => expect(callsOf(started!)).toEqual(['load', 'load']));
  await untilPlay(run, 'paused');
  expect(run.state.getState().interventions).toBe(0);
  expect(worker().api.calls).not.toContain('apply');
});

it('later an edit is applied to the running system and noted as an intervention', async () => {
  const { run, worker, change } = await start();
  worker().api.advance(1_000);
  await eventually(() => expect(run.live.frame?.simMs).toBe(1_000));
  change(longer('a'));
  await eventually(() => expect(callsOf(started!)).toEqual(['load', 'apply']));
  expect(run.state.getState().interventions).toBe(1);
});

it('a fault ordered while the worker is still given the design comes after it, and counts', async () => {
  const { run, change } = await start();
  change((design) => ({ ...design, name: 'One' }), 'open');
  change((design) => ({ ...design, name: 'Two' }), 'open');
  await run.inject({ target: 'orders', unit: null, fault: 'crash', factor: 1 });
  expect(callsOf(started!)).toEqual(['load', 'load', 'load', 'inject crash']);
  expect(run.state.getState().interventions).toBe(1);
});

it('moving a node or writing a note does not reach the worker', async () => {
  const { worker, run, change } = await start();
  worker().api.advance(1_000);
  await eventually(() => expect(run.live.frame?.simMs).toBe(1_000));
  change((design) => ({
    ...design,
    name: 'Other',
    nodes: design.nodes.map((node) => ({ ...node, position: { x: 5, y: 5 } })),
  }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(callsOf(started!)).toEqual(['load']);
});

it('a hundred edits in a row become two at most: the one on its way and the latest', async () => {
  const { run, worker, change } = await start();
  worker().api.advance(1_000);
  await eventually(() => expect(run.live.frame?.simMs).toBe(1_000));
  for (let n = 0; n < 100; n++) change(longer(`edit ${n}`));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(callsOf(started!).filter((call) => call === 'apply').length).toBeLessThanOrEqual(2);
});

it('another seed or another document starts anew, playing on if it played', async () => {
  const { run, change } = await start();
  run.play();
  await untilPlay(run, 'playing');
  run.source.setSeed(7);
  await eventually(() => expect(callsOf(started!)).toEqual(['load', 'play', 'load', 'play']));
  expect(run.state.getState().seed).toBe(7);
  change((design) => ({ ...design, name: 'Other' }), 'open');
  await eventually(() => expect(callsOf(started!).filter((call) => call === 'load')).toHaveLength(3));
});

it('keeps digests at whole marks, events and windows, and forgets them at a restart', async () => {
  const { run, worker } = await start();
  worker().api.advance(20_500);
  await eventually(() =>
    expect(run.state.getState().marks.map((mark) => mark.atMs)).toEqual([10_000, 20_000]),
  );
  worker().api.advance(30_000);
  await eventually(() => expect(run.log.entries.length).toBe(1));
  expect(run.history.count).toBe(101);
  run.openTrace(3);
  run.restart();
  await eventually(() => expect(run.live.frame?.simMs).toBe(0));
  expect(run.state.getState()).toMatchObject({ marks: [], request: null });
  expect([run.log.entries.length, run.history.count]).toEqual([0, 0]);
});

it('pauses when the worker reached the time to pause at', async () => {
  const { run, worker } = await start();
  run.setStopAt(500);
  run.play();
  await eventually(() => expect(worker().api.calls).toContain('play'));
  await new Promise((resolve) => setTimeout(resolve, 10));
  worker().api.advance(800);
  await untilPlay(run, 'paused');
  expect(run.live.frame?.simMs).toBe(500);
});

it('speed goes to the worker, and again to the one that follows a crash', async () => {
  const { run, worker, workers } = await start();
  run.setSpeed(10);
  run.faster();
  expect(run.state.getState().speed).toBe(100);
  worker().crash('boom');
  await untilPlay(run, 'failed');
  expect(run.state.getState().failure?.message).toBe('boom.');
  run.restart();
  await untilPlay(run, 'paused');
  expect(workers).toHaveLength(2);
  expect(worker().api.calls).toEqual(['load', 'speed 100']);
  expect(run.source.get()).toBe(shop);
});

it('while it has failed, edits wait for the next start', async () => {
  const { run, workers, worker, change } = await start();
  worker().crash('boom');
  await untilPlay(run, 'failed');
  change(longer('a'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(workers).toHaveLength(1);
  expect(run.state.getState().play).toBe('failed');
});

it('a step pauses first', async () => {
  const { run } = await start();
  run.play();
  await untilPlay(run, 'playing');
  run.step('request');
  await eventually(() => expect(callsOf(started!)).toEqual(['load', 'play', 'pause', 'step request']));
  await untilPlay(run, 'paused');
});
