/** A text field that opens to be written in at once, in the place of what it changes. It must not know what that is. */
import { useEffect, useRef, type RefObject } from 'react';

export interface Writing<T> {
  readonly field: RefObject<T | null>;
  /** Ends the writing: with the text, or without. */
  finish(keep: boolean): void;
}

/** `onDone` is called once, with what was written or null. */
export function useWriting<T extends HTMLInputElement | HTMLTextAreaElement>(
  onDone: (text: string | null) => void,
): Writing<T> {
  const field = useRef<T>(null);
  const isDone = useRef(false);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);
  const finish = (keep: boolean) => {
    // A field that is taken away is also left.
    if (isDone.current) return;
    isDone.current = true;
    onDone(keep ? (field.current?.value ?? null) : null);
  };
  return { field, finish };
}
