/** Brings the player's machine to life on the page's own clock, and tells its states in the words of the run. */
import { createActor } from 'xstate';
import { playerMachine } from '../../session/player.ts';
import type { Failure } from '../../session/protocol.ts';
import type { RunState } from './run-state.ts';

export interface PlayerOrders {
  sendPlay(): void;
  sendPause(): void;
}

export type PlayerActor = ReturnType<typeof startPlayer>;

export function startPlayer(
  { sendPlay, sendPause }: PlayerOrders,
  onChange: (play: RunState['play'], failure: Failure | null, willPlay: boolean) => void,
) {
  const actor = createActor(playerMachine.provide({ actions: { sendPlay, sendPause } }));
  actor.subscribe(({ value, context }) => {
    const play = typeof value === 'string' ? value : 'playing';
    onChange(play, context.failure, play === 'playing' || (play === 'loading' && context.eager));
  });
  return actor.start();
}
