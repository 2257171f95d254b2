/** Arrow keys, Home and End in a row of tabs. It must not know what is on them. */
import type { KeyboardEvent } from 'react';

/** For the key handler of a tablist with `count` tabs, of which the one at `at` is open. */
export function onTabKey(
  event: KeyboardEvent<HTMLElement>,
  at: number,
  count: number,
  show: (index: number) => void,
): void {
  const next = tabAfter(event.key, at, count);
  if (next === null) return;
  event.preventDefault();
  event.stopPropagation();
  show(next);
  event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[next].focus();
}

/** Arrows go round, Home and End go to the ends. */
function tabAfter(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
