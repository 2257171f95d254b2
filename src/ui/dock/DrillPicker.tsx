/** Chooses a drill of the design and carries it out from the start; tells how many of its expectations held. */
import { useSyncExternalStore } from 'react';
import { useRun, useRunState } from '../run/use-run.ts';
import css from './DrillPicker.module.css';

export function DrillPicker() {
  const run = useRun();
  const { drills } = useSyncExternalStore(run.source.subscribe, run.source.get);
  const drill = useRunState((state) => state.drill);
  const verdicts = useRunState((state) => state.verdicts);
  const expected = drills.find((each) => each.id === drill)?.expectations.length ?? 0;
  const held = verdicts.filter((verdict) => verdict.passed).length;
  if (drills.length === 0) return null;
  return (
    <div className={css.drill}>
      <label>
        Drill
        <select
          value={drill ?? ''}
          title="Starts the run anew and carries out the drill"
          onChange={(event) => run.startDrill(event.currentTarget.value || null)}
        >
          <option value="">none</option>
          {drills.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {expected > 0 && (
        <span role="status" data-missed={held < verdicts.length || undefined}>
          {verdicts.length === 0 ? `${expected} expected` : `${held} of ${expected} held`}
        </span>
      )}
    </div>
  );
}
