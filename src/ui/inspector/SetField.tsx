/** Several of a list as check boxes. It must not know any parameter. */
import type { ParamValue, SetParam } from '../../model/params.ts';
import { chosenOf, setText } from '../../model/sets.ts';
import css from './ParamForm.module.css';

interface SetFieldProps {
  /** Of the field; its name stands at this id and `-label`. */
  readonly id: string;
  readonly param: SetParam;
  /** Undefined where several elements differ: the first tick makes them alike, with that option alone. */
  readonly value: ParamValue | undefined;
  readonly describedBy: string;
  onChange(value: ParamValue): void;
}

export function SetField({ id, param, value, describedBy, onChange }: SetFieldProps) {
  const { options } = param;
  const chosen = typeof value === 'string' ? chosenOf(value) : [];
  const set = (changed: string, isOn: boolean) =>
    onChange(setText(options, (each) => (each === changed ? isOn : chosen.includes(each))));
  return (
    <fieldset id={id} className={css.set} aria-labelledby={`${id}-label`} aria-describedby={describedBy}>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="checkbox"
            checked={chosen.includes(option.value)}
            ref={(box) => {
              if (box) box.indeterminate = value === undefined;
            }}
            onChange={(event) => set(option.value, event.target.checked)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
