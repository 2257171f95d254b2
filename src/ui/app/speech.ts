/**
 * Sentences for people who hear the screen: what an action did at once, everything else at most one a second. Whoever
 * owns the live regions subscribes. It must not know the DOM.
 */
export interface Speech {
  /** Says a sentence politely; of several within a second only the last is heard. */
  say(text: string): void;
  subscribe(listener: (text: string) => void): () => void;
}

const QUIET_MS = 1_000;

export function createSpeech(): Speech {
  const listeners = new Set<(text: string) => void>();
  let held: string | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = () => {
    timer = null;
    if (held === null) return;
    const text = held;
    held = null;
    for (const listener of listeners) listener(text);
    timer = setTimeout(flush, QUIET_MS);
  };
  return {
    say(text) {
      held = text;
      timer ??= setTimeout(flush, 0);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
