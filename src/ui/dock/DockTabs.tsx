/** The tabs of the dock, moved through with arrow keys. */
import type { KeyboardEvent } from 'react';
import type { DockTab } from '../run/run-state.ts';
import { useLive, useRun, useRunState } from '../run/use-run.ts';
import css from './Dock.module.css';

const TABS: readonly { readonly value: DockTab; readonly label: string }[] = [
  { value: 'timeline', label: 'Timeline' },
  { value: 'events', label: 'Events' },
  { value: 'traces', label: 'Traces' },
];
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  Home: -TABS.length,
  End: TABS.length,
};

export function DockTabs() {
  const run = useRun();
  const tab = useRunState((state) => state.tab);
  const events = useLive((_, { log }) => log.entries.length + log.forgotten);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const at = TABS.findIndex(({ value }) => value === tab);
    // Arrows go round, Home and End go to the ends.
    const next =
      Math.abs(step) === 1 ? (at + step + TABS.length) % TABS.length : step < 0 ? 0 : TABS.length - 1;
    run.openTab(TABS[next].value);
    event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[next].focus();
  };
  return (
    <div className={css.list} role="tablist" aria-label="Measurements" onKeyDown={onKeyDown}>
      {TABS.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          role="tab"
          id={`dock-tab-${value}`}
          className={css.tab}
          aria-selected={tab === value}
          aria-controls={tab === value ? `dock-${value}` : undefined}
          tabIndex={tab === value ? 0 : -1}
          onClick={() => run.openTab(value)}
        >
          {label}
          {value === 'events' && events > 0 && <span className="number"> {events}</span>}
        </button>
      ))}
    </div>
  );
}
