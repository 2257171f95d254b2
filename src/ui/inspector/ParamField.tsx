/** One parameter on the form: label, field, what is wrong with the text, and the way back to the default. */
import { RotateCcw } from 'lucide-react';
import { useId, useState } from 'react';
import { paramProblem } from '../../model/param-checks.ts';
import type {
  ChoiceParam,
  FlagParam,
  NumberParam,
  Param,
  ParamValue,
  SeriesParam,
} from '../../model/params.ts';
import { setWords } from '../../model/sets.ts';
import { clean, parseQuantity, quantityProblem, showQuantity, stepOf } from './quantity.ts';
import { SetField } from './SetField.tsx';
import css from './ParamForm.module.css';

interface ParamFieldProps {
  readonly param: Param;
  /** Undefined where several elements differ. */
  readonly value: ParamValue | undefined;
  readonly isChanged: boolean;
  onChange(value: ParamValue | undefined): void;
  onLeave(): void;
  onHelp(help: string | null): void;
}

export function ParamField({ param, value, isChanged, onChange, onLeave, onHelp }: ParamFieldProps) {
  const id = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const shared = { id, value, describedBy: `${id}-help${problem ? ` ${id}-problem` : ''}`, onChange };
  const zero = param.type === 'number' && param.zero ? `0 = ${param.zero}` : null;
  return (
    <div
      className={css.row}
      onPointerEnter={() => onHelp(helpOf(param))}
      onFocus={() => onHelp(helpOf(param))}
      onBlur={onLeave}
    >
      {param.type === 'set' ? (
        <span id={`${id}-label`} className={css.label} data-changed={isChanged || undefined}>
          {param.label}
        </span>
      ) : (
        <label htmlFor={id} className={css.label} data-changed={isChanged || undefined}>
          {param.label}
          {zero && <small>{zero}</small>}
        </label>
      )}
      {isChanged && (
        <button
          className={css.reset}
          aria-label={`Reset ${param.label} to ${showDefault(param)}`}
          title={`Reset to default: ${showDefault(param)}`}
          onClick={() => {
            setProblem(null);
            onChange(undefined);
          }}
        >
          <RotateCcw size={12} aria-hidden />
        </button>
      )}
      {param.type === 'number' && (
        <NumberField {...shared} param={param} problem={problem} onProblem={setProblem} />
      )}
      {param.type === 'choice' && <ChoiceField {...shared} param={param} />}
      {param.type === 'set' && <SetField {...shared} param={param} />}
      {param.type === 'series' && (
        <SeriesField {...shared} problem={problem} onProblem={setProblem} param={param} />
      )}
      {param.type === 'flag' && <FlagField {...shared} param={param} />}
      <span id={`${id}-help`} className="visually-hidden">
        {helpOf(param)}
      </span>
      {problem && (
        <p id={`${id}-problem`} className={css.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

interface FieldProps<P extends Param> {
  readonly id: string;
  readonly param: P;
  readonly value: ParamValue | undefined;
  readonly describedBy: string;
  onChange(value: ParamValue): void;
}

interface NumberFieldProps extends FieldProps<NumberParam> {
  readonly problem: string | null;
  onProblem(problem: string | null): void;
}

/** Bad text stays as it was typed until it is corrected or taken back with Esc. */
function NumberField({ id, param, value, describedBy, problem, onChange, onProblem }: NumberFieldProps) {
  const number = typeof value === 'number' ? value : null;
  const shown = number === null ? '' : showQuantity(number, param.unit);
  const [text, setText] = useState(shown);
  const [last, setLast] = useState(shown);
  if (last !== shown) {
    // Changed from elsewhere: undo, another field, another selection.
    setLast(shown);
    setText(shown);
  }
  const commit = () => {
    if (text.trim() === shown) return onProblem(null);
    const parsed = parseQuantity(text, param, number ?? param.default);
    if (typeof parsed === 'string') return onProblem(parsed);
    onProblem(null);
    setText(showQuantity(parsed, param.unit));
    if (parsed !== number) onChange(parsed);
  };
  const step = (direction: 1 | -1, isLarge: boolean) => {
    const from = number ?? param.default;
    const next = clean(from + direction * stepOf(from, param) * (isLarge ? 10 : 1));
    const bounded = Math.min(param.max, Math.max(param.min, next));
    if (quantityProblem(param, bounded) === null && bounded !== number) onChange(bounded);
  };
  return (
    <input
      id={id}
      className={`field number ${css.number}`}
      inputMode="text"
      autoComplete="off"
      spellCheck={false}
      placeholder={value === undefined ? 'mixed' : ''}
      aria-describedby={describedBy}
      aria-invalid={problem !== null}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        else if (event.key === 'Escape') {
          setText(shown);
          onProblem(null);
        } else if (event.key === 'ArrowUp') step(1, event.shiftKey);
        else if (event.key === 'ArrowDown') step(-1, event.shiftKey);
        else return;
        event.preventDefault();
      }}
    />
  );
}

interface SeriesFieldProps extends FieldProps<SeriesParam> {
  readonly problem: string | null;
  onProblem(problem: string | null): void;
}

/** A pasted column of numbers; taken when it is left. */
function SeriesField({ id, param, value, describedBy, problem, onChange, onProblem }: SeriesFieldProps) {
  const shown = typeof value === 'string' ? value : '';
  return (
    <textarea
      id={id}
      key={shown}
      rows={3}
      className={`field ${css.series}`}
      spellCheck={false}
      placeholder="one number per line"
      aria-describedby={describedBy}
      aria-invalid={problem !== null}
      defaultValue={shown}
      onBlur={(event) => {
        const text = event.target.value.trim();
        const wrong = paramProblem(param, text);
        onProblem(wrong);
        if (!wrong && text !== shown) onChange(text);
      }}
    />
  );
}

function FlagField({ id, value, describedBy, onChange }: FieldProps<FlagParam>) {
  return (
    <input
      id={id}
      type="checkbox"
      role="switch"
      className={css.switch}
      aria-describedby={describedBy}
      checked={value === true}
      ref={(box) => {
        if (box) box.indeterminate = value === undefined;
      }}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}

function ChoiceField({ id, param, value, describedBy, onChange }: FieldProps<ChoiceParam>) {
  return (
    <select
      id={id}
      className={`field ${css.choice}`}
      aria-describedby={describedBy}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value)}
    >
      {value === undefined && <option value="">mixed</option>}
      {param.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

function helpOf(param: Param): string {
  if (param.type !== 'number') return param.help;
  return `${param.help} ${showQuantity(param.min, param.unit)} to ${showQuantity(param.max, param.unit)}.`;
}

function showDefault(param: Param): string {
  if (param.type === 'number') return showQuantity(param.default, param.unit);
  if (param.type === 'flag') return param.default ? 'on' : 'off';
  if (param.type === 'series') return 'none';
  if (param.type === 'set') return setWords(param.options, param.default);
  return param.options.find((option) => option.value === param.default)?.label ?? param.default;
}
