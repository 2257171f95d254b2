// The player's machine: what may follow what, and when the worker is told.
import { expect, it } from 'vitest';
import { createActor } from 'xstate';
import { playerMachine, type PlayerEvent } from '../../src/session/player.ts';

function player(...events: PlayerEvent['type'][]) {
  const sent: string[] = [];
  const actor = createActor(
    playerMachine.provide({
      actions: { sendPlay: () => sent.push('play'), sendPause: () => sent.push('pause') },
    }),
  ).start();
  const failure = { message: 'broke', simMs: 5, node: null, report: '' };
  const send = (type: PlayerEvent['type']) => actor.send(type === 'failed' ? { type, failure } : { type });
  events.forEach(send);
  return {
    actor,
    sent,
    is: (state: Parameters<ReturnType<typeof actor.getSnapshot>['matches']>[0]) =>
      actor.getSnapshot().matches(state),
  };
}

it('is paused once loaded, and tells nobody', () => {
  const { is, sent } = player('loaded');
  expect(is('paused')).toBe(true);
  expect(sent).toEqual([]);
});

it('play while loading plays once loaded; pause takes it back', () => {
  expect(player('play', 'loaded').sent).toEqual(['play']);
  expect(player('play', 'pause', 'loaded').is('paused')).toBe(true);
});

it('plays and pauses by order', () => {
  const { is, sent } = player('loaded', 'play', 'started', 'pause');
  expect(is('paused')).toBe(true);
  expect(sent).toEqual(['play', 'pause']);
});

it('a frame of before it heard of play does not pause it, a later one does', () => {
  expect(player('loaded', 'play', 'halted').is('playing')).toBe(true);
  const reached = player('loaded', 'play', 'started', 'halted');
  expect(reached.is('paused')).toBe(true);
  expect(reached.sent).toEqual(['play']);
});

it('fails from anywhere, keeps the reason, and only a load leads out', () => {
  const { actor, is } = player('loaded', 'play', 'failed', 'play', 'loaded');
  expect(is('failed')).toBe(true);
  expect(actor.getSnapshot().context.failure?.message).toBe('broke');
  actor.send({ type: 'load' });
  expect(is('loading')).toBe(true);
  expect(actor.getSnapshot().context.failure).toBeNull();
});

it('a new load while playing waits for its order to play', () => {
  const { actor, is } = player('loaded', 'play', 'started', 'load', 'loaded');
  expect(is('paused')).toBe(true);
  actor.send({ type: 'play' });
  expect(is('playing')).toBe(true);
});
