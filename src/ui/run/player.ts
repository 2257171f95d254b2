/**
 * The player's machine as the run uses it. Machines are not part of the first picture, so this one is fetched after
 * it; what is sent before is kept in order. It must not know the worker.
 */
import type { Failure } from '../../session/protocol.ts';
import type { PlayerEvent } from '../../session/player.ts';
import type { PlayerActor, PlayerOrders } from './player-actor.ts';
import type { RunState } from './run-state.ts';

export class Player {
  private actor: PlayerActor | null = null;
  private early: PlayerEvent[] = [];
  private isStopped = false;

  constructor(
    orders: PlayerOrders,
    onChange: (play: RunState['play'], failure: Failure | null, willPlay: boolean) => void,
  ) {
    import('./player-actor.ts').then(
      ({ startPlayer }) => {
        if (this.isStopped) return;
        this.actor = startPlayer(orders, onChange);
        for (const event of this.early) this.actor.send(event);
        this.early = [];
      },
      (reason: unknown) => onChange('failed', notLoaded(reason), false),
    );
  }

  send(event: PlayerEvent): void {
    if (this.actor) this.actor.send(event);
    else this.early.push(event);
  }

  /** It plays, and frames of before it did have all arrived. */
  get isConfirmed(): boolean {
    return this.actor?.getSnapshot().matches({ playing: 'confirmed' }) ?? false;
  }

  stop(): void {
    this.isStopped = true;
    this.actor?.stop();
  }
}

/** Nothing can be played until the page is loaded anew: a script that did not arrive is not asked for again. */
function notLoaded(reason: unknown): Failure {
  const message =
    'The part of the page that plays runs did not arrive. Check the connection and reload the page.';
  return { message, simMs: 0, node: null, report: `${message}\n${String(reason)}` };
}
