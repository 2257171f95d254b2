/** A field and the options it leaves, walked with arrows or Tab and taken with Enter. It must not know what they are. */
import { useId, useRef, useState, type ReactNode } from 'react';
import css from './Chooser.module.css';

export interface ChooserProps {
  readonly label: string;
  readonly placeholder: string;
  readonly query: string;
  readonly options: readonly { readonly key: string; readonly content: ReactNode }[];
  /** What is said when nothing fits. */
  readonly none: string;
  onQuery(query: string): void;
  onPick(index: number): void;
  onLeave(): void;
  /** Another option is lit. */
  onLight?(index: number): void;
}

export function Chooser({
  label,
  placeholder,
  query,
  options,
  none,
  onQuery,
  onPick,
  onLeave,
  onLight,
}: ChooserProps) {
  const [lit, setLit] = useState(0);
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const at = Math.min(lit, Math.max(0, options.length - 1));
  const light = (index: number) => {
    setLit(index);
    onLight?.(index);
    list.current?.children[index]?.scrollIntoView({ block: 'nearest' });
  };
  const step = (by: number) => options.length > 0 && light((at + by + options.length) % options.length);
  return (
    <>
      <input
        className={`field ${css.query}`}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={options[at] ? `${id}-${at}` : undefined}
        aria-label={label}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        data-focus
        value={query}
        onChange={(event) => {
          onQuery(event.target.value);
          setLit(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || (event.key === 'Tab' && !event.shiftKey)) step(1);
          else if (event.key === 'ArrowUp' || event.key === 'Tab') step(-1);
          else if (event.key === 'Enter') {
            if (options[at]) onPick(at);
          } else if (event.key === 'Escape') onLeave();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <ul ref={list} id={id} className={css.list} role="listbox" aria-label="Found">
        {options.map((option, index) => (
          <li
            key={option.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className={css.option}
            onPointerMove={() => index !== at && light(index)}
            // The field must not lose the focus before the click arrives.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(index)}
          >
            {option.content}
          </li>
        ))}
      </ul>
      {options.length === 0 && <p className={css.none}>{none}</p>}
    </>
  );
}
