/**
 * The lower part of the screen: transport, and below it timeline, events and traces on tabs. It must not know the
 * canvas; `onSelect` is told which node or link to show.
 */
import { Tabs } from 'radix-ui';
import { lazy, Suspense } from 'react';
import type { DockTab } from '../run/run-state.ts';
import { useLive, useRun, useRunState } from '../run/use-run.ts';
import { DrillPicker } from './DrillPicker.tsx';
import { EventList } from './EventList.tsx';
import { FailureNote } from './FailureNote.tsx';
import { Timeline } from './Timeline.tsx';
import { Transport } from './Transport.tsx';
import css from './Dock.module.css';

const TracePanel = lazy(() => import('../trace/TracePanel.tsx'));

export function Dock({ onSelect }: { readonly onSelect: (id: string) => void }) {
  const run = useRun();
  const tab = useRunState((state) => state.tab);
  const hasFailed = useRunState((state) => state.play === 'failed');
  const events = useLive((_, { log }) => log.entries.length + log.forgotten);
  return (
    <section className={css.dock} aria-label="Run and measurements">
      <Transport />
      {hasFailed && <FailureNote />}
      <Tabs.Root className={css.tabs} value={tab} onValueChange={(next) => run.openTab(next as DockTab)}>
        <div className={css.bar}>
          <Tabs.List className={css.list} aria-label="Measurements">
            <Tabs.Trigger className={css.tab} value="timeline">
              Timeline
            </Tabs.Trigger>
            <Tabs.Trigger className={css.tab} value="events">
              Events {events > 0 && <span className="number">{events}</span>}
            </Tabs.Trigger>
            <Tabs.Trigger className={css.tab} value="traces">
              Traces
            </Tabs.Trigger>
          </Tabs.List>
          <DrillPicker />
        </div>
        <Tabs.Content className={css.panel} value="timeline" tabIndex={-1}>
          <Timeline onSelect={onSelect} />
        </Tabs.Content>
        <Tabs.Content className={css.panel} value="events" tabIndex={-1}>
          <EventList onSelect={onSelect} />
        </Tabs.Content>
        <Tabs.Content className={css.panel} value="traces" tabIndex={-1}>
          <Suspense fallback={<p className={css.loading}>Loading traces…</p>}>
            <TracePanel onSelect={onSelect} />
          </Suspense>
        </Tabs.Content>
      </Tabs.Root>
    </section>
  );
}
