/**
 * A form made from a table of parameters: groups as sections, fields by type and unit, only those that apply. Edits
 * every element it is given at once. It must not know any parameter.
 */
import { useState } from 'react';
import type { Param, ParamOverrides, ParamTable, ParamValue } from '../../model/params.ts';
import { holds } from '../../model/relevance.ts';
import { useServices } from '../app/context.ts';
import { inFormOrder } from './form-order.ts';
import { ParamField } from './ParamField.tsx';
import css from './ParamForm.module.css';

export interface ParamTarget {
  readonly id: string;
  readonly params: ParamOverrides;
}

interface ParamFormProps {
  readonly table: ParamTable;
  readonly targets: readonly ParamTarget[];
  /** Only these groups, in this order; all of them when absent. */
  readonly groups?: readonly string[];
}

export function ParamForm({ table, targets, groups }: ParamFormProps) {
  const { design } = useServices();
  const [help, setHelp] = useState<string | null>(null);
  const shown = inFormOrder(table).filter(([, { when }]) =>
    targets.every(({ params }) => holds(when, table, params)),
  );
  const headings = groups ?? [...new Set(Object.values(table).map((param) => param.group))];
  const ids = targets.map((target) => target.id);
  const set = (name: string, param: Param, value: ParamValue | undefined) => {
    const kept = value === param.default ? undefined : value;
    design.edit({ type: 'setParam', ids, name, value: kept }, `param ${name} ${ids.join(' ')}`);
  };
  return (
    <>
      {headings.map((group) => {
        const fields = shown.filter(([, param]) => param.group === group);
        if (fields.length === 0) return null;
        return (
          <fieldset key={group} className={css.group}>
            <legend>{group}</legend>
            {fields.map(([name, param]) => (
              <ParamField
                key={name}
                param={param}
                value={common(targets, name, param)}
                isChanged={targets.some((target) => Object.hasOwn(target.params, name))}
                onChange={(value) => set(name, param, value)}
                onLeave={() => design.seal()}
                onHelp={setHelp}
              />
            ))}
          </fieldset>
        );
      })}
      <p className={css.help} aria-hidden>
        {help ?? 'Point at a setting to see what it does.'}
      </p>
    </>
  );
}

/** The value all targets share; undefined when they differ. */
function common(targets: readonly ParamTarget[], name: string, param: Param): ParamValue | undefined {
  const values = targets.map((target) => target.params[name] ?? param.default);
  return values.every((value) => Object.is(value, values[0])) ? values[0] : undefined;
}
