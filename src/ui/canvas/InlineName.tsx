/**
 * A text field in the place of a name: Enter or leaving it keeps the text, Esc does not. It must not know whose name
 * it is.
 */
import { MAX_LABEL } from '../../model/document.ts';
import { useWriting } from './use-writing.ts';
import css from './InlineName.module.css';

export interface InlineNameProps {
  readonly label: string;
  readonly value: string;
  /** The new name, or null when nothing is to change. Called once. */
  onDone(name: string | null): void;
}

export function InlineName({ label, value, onDone }: InlineNameProps) {
  const { field, finish } = useWriting<HTMLInputElement>((text) => {
    const name = text?.trim() ?? '';
    onDone(name !== '' && name !== value ? name : null);
  });
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
