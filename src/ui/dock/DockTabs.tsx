/** The tabs of the dock, moved through with arrow keys. */
import { onTabKey } from '../app/tab-keys.ts';
import type { DockTab } from '../run/run-state.ts';
import { useLive, useRun, useRunState } from '../run/use-run.ts';
import css from './Dock.module.css';

const TABS: readonly { readonly value: DockTab; readonly label: string }[] = [
  { value: 'timeline', label: 'Timeline' },
  { value: 'events', label: 'Events' },
  { value: 'traces', label: 'Traces' },
];
export function DockTabs() {
  const run = useRun();
  const tab = useRunState((state) => state.tab);
  const events = useLive((_, { log }) => log.entries.length + log.forgotten);
  const at = TABS.findIndex(({ value }) => value === tab);
  return (
    <div
      className={css.list}
      role="tablist"
      aria-label="Measurements"
      onKeyDown={(event) => onTabKey(event, at, TABS.length, (index) => run.openTab(TABS[index].value))}
    >
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
