/**
 * A text field in the place of a name: Enter or leaving it keeps the text, Esc does not. It must not know whose name
 * it is.
 */
import { useEffect, useRef } from 'react';
import { MAX_LABEL } from '../../model/document.ts';
import css from './InlineName.module.css';

export interface InlineNameProps {
  readonly label: string;
  readonly value: string;
  /** The new name, or null when nothing is to change. Called once. */
  onDone(name: string | null): void;
}

export function InlineName({ label, value, onDone }: InlineNameProps) {
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);
  const finish = (keep: boolean) => {
    if (isDone.current) return;
    isDone.current = true;
    const text = field.current?.value.trim() ?? '';
    onDone(keep && text !== '' && text !== value ? text : null);
  };
  return (
    <input
      ref={field}
      className={`${css.field} nodrag nopan`}
      aria-label={label}
      defaultValue={value}
      maxLength={MAX_LABEL}
      spellCheck={false}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') finish(true);
        if (event.key === 'Escape') finish(false);
      }}
    />
  );
}
