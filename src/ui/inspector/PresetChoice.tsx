/** Settings as a product ships them, set together as one step. It must not know any product. */
import type { Preset } from '../../kinds/contract.ts';
import type { Edit } from '../../model/edit-data.ts';
import type { ParamOverrides, ParamTable } from '../../model/params.ts';
import { useServices } from '../app/context.ts';
import type { ParamTarget } from './ParamForm.tsx';
import css from './Inspector.module.css';

interface PresetChoiceProps {
  readonly presets: readonly Preset[];
  readonly table: ParamTable;
  readonly targets: readonly ParamTarget[];
}

export function PresetChoice({ presets, table, targets }: PresetChoiceProps) {
  const { design, speech } = useServices();
  const names = [...new Set(presets.flatMap(({ params }) => Object.keys(params)))];
  const valueIn = (params: ParamOverrides, name: string) => params[name] ?? table[name]?.default;
  const isSet = ({ params }: Preset) =>
    targets.every((target) => names.every((name) => valueIn(target.params, name) === valueIn(params, name)));
  const apply = (preset: Preset) => {
    const ids = targets.map(({ id }) => id);
    const edits = names.map((name): Edit => {
      const value = valueIn(preset.params, name);
      return { type: 'setParam', ids, name, value: value === table[name]?.default ? undefined : value };
    });
    const label = `Set up as ${preset.label}`;
    design.edit({ type: 'batch', label, edits });
    speech.say(`${label}.`);
  };
  const current = presets.find(isSet);
  return (
    <div className={css.rows}>
      <div title="Sets several settings at once, as the product ships them">
        <label htmlFor="preset-choice">Preset</label>
        <select
          id="preset-choice"
          className="field"
          value={current?.id ?? ''}
          onChange={(event) => {
            const chosen = presets.find(({ id }) => id === event.target.value);
            if (chosen) apply(chosen);
          }}
        >
          {!current && <option value="">custom</option>}
          {presets.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
