/** What was done, step by step, and the versions kept of this design: any point can be gone back to. */
import { useDesignState, useServices } from '../app/context.ts';
import { VersionList } from './VersionList.tsx';
import sections from './sections.module.css';
import css from './HistoryView.module.css';

/** Further steps are there, but nobody reads a longer list. */
const MOST_SHOWN = 100;

export function HistoryView() {
  const { design, speech } = useServices();
  const history = useDesignState((state) => state.history);
  const future = history.future
    .map((step, at) => ({ label: step.label, steps: at + 1 }))
    .slice(0, MOST_SHOWN);
  const past = history.past
    .map((step, at) => ({ label: step.label, steps: at + 1 - history.past.length }))
    .reverse()
    .slice(0, MOST_SHOWN);
  const go = (steps: number, label: string) => {
    if (design.travel(steps))
      speech.say(steps < 0 ? `Gone back to after: ${label}.` : `Done again up to: ${label}.`);
  };
  return (
    <>
      <section className={sections.list} aria-label="Steps">
        <h3 className={sections.heading}>Steps since it was opened</h3>
        <ol className={css.steps}>
          {future.toReversed().map(({ label, steps }) => (
            <li key={steps}>
              <button className={css.step} data-when="future" onClick={() => go(steps, label)}>
                {label} <small>undone</small>
              </button>
            </li>
          ))}
          {past.map(({ label, steps }) => (
            <li key={steps}>
              <button
                className={css.step}
                aria-current={steps === 0 ? 'step' : undefined}
                onClick={() => go(steps, label)}
              >
                {label} {steps === 0 && <small>now</small>}
              </button>
            </li>
          ))}
          <li>
            <button
              className={css.step}
              aria-current={past.length === 0 ? 'step' : undefined}
              onClick={() => go(-history.past.length, 'opening it')}
            >
              Opened {past.length === 0 && <small>now</small>}
            </button>
          </li>
        </ol>
      </section>
      <VersionList />
    </>
  );
}
