/**
 * The address of the model check, and the one the canvas had before: coming back to it must not open its link again over
 * what was edited meanwhile. It must not know either page.
 */
import { useSyncExternalStore } from 'react';

export const CHECK_HASH = '#check';

/** Fragment the canvas was left at; '' when it had none or was not shown yet. */
let left = '';

export function isCheckShown(): boolean {
  return location.hash === CHECK_HASH;
}

/** Where "back to the canvas" leads. */
export function canvasHash(): string {
  return left || '#';
}

/** Whether this change of the address only leads back to the canvas as it was left. */
export function isReturn(event: HashChangeEvent): boolean {
  return hashOf(event.oldURL) === CHECK_HASH && location.hash === left;
}

/** Settles once the address is one of the canvas. */
export function untilCanvas(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isCheckShown()) return;
      window.removeEventListener('hashchange', look);
      resolve();
    };
    window.addEventListener('hashchange', look);
    look();
  });
}

export function useIsCheckShown(): boolean {
  return useSyncExternalStore(subscribe, isCheckShown);
}

function subscribe(changed: () => void): () => void {
  const follow = (event: HashChangeEvent) => {
    const from = hashOf(event.oldURL);
    if (isCheckShown() && from !== CHECK_HASH) left = from;
    changed();
  };
  window.addEventListener('hashchange', follow);
  return () => window.removeEventListener('hashchange', follow);
}

function hashOf(address: string): string {
  const at = address.indexOf('#');
  return at < 0 ? '' : address.slice(at);
}
