/** Chooses a drill of the design and carries it out from the start; tells what it is in the middle of and how it goes. */
import { useSyncExternalStore } from 'react';
import type { DrillState, Verdict } from '../../session/protocol.ts';
import { useRun, useRunState } from '../run/use-run.ts';
import css from './DrillPicker.module.css';

const COURSE: Record<DrillState, string> = {
  steady: 'Before the first fault',
  disturbed: 'Faults active',
  recovering: 'Recovering',
  held: 'Held',
  missed: 'Missed',
};

export default function DrillPicker() {
  const run = useRun();
  const { drills } = useSyncExternalStore(run.source.subscribe, run.source.get);
  const drill = useRunState((each) => each.drill);
  const state = useRunState((each) => each.drillState);
  const verdicts = useRunState((each) => each.verdicts);
  const expected = drills.find((each) => each.id === drill)?.expectations.length ?? 0;
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
      {state && (
        <span role="status" data-state={state}>
          <b>{COURSE[state]}</b>
          {expected > 0 && <i> · {tally(verdicts, expected)}</i>}
        </span>
      )}
    </div>
  );
}

/** "3 expected", "1 of 2 held so far", "3 of 3 held". */
function tally(verdicts: readonly Verdict[], expected: number): string {
  if (verdicts.length === 0) return `${expected} expected`;
  const held = verdicts.filter((verdict) => verdict.passed).length;
  return `${held} of ${verdicts.length} held${verdicts.length < expected ? ' so far' : ''}`;
}
