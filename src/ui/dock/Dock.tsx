/**
 * The lower part of the screen: transport, and below it timeline, events and traces on tabs. It must not know the
 * canvas; `onSelect` is told which node or link to show.
 */
import { lazy, Suspense } from 'react';
import { Boundary } from '../app/Boundary.tsx';
import { useRunState } from '../run/use-run.ts';
import { DockTabs } from './DockTabs.tsx';
import { DrillPicker } from './DrillPicker.tsx';
import { FailureNote } from './FailureNote.tsx';
import { Transport } from './Transport.tsx';
import css from './Dock.module.css';

/** None of them is part of the first picture. */
const PANELS = {
  timeline: lazy(() => import('./Timeline.tsx')),
  events: lazy(() => import('./EventList.tsx')),
  traces: lazy(() => import('../trace/TracePanel.tsx')),
};

export function Dock({ onSelect }: { readonly onSelect: (id: string) => void }) {
  const tab = useRunState((state) => state.tab);
  const hasFailed = useRunState((state) => state.play === 'failed');
  const Panel = PANELS[tab];
  return (
    <section className={css.dock} aria-label="Run and measurements">
      <Transport />
      {hasFailed && <FailureNote />}
      <div className={css.bar}>
        <DockTabs />
        <DrillPicker />
      </div>
      <div id={`dock-${tab}`} className={css.panel} role="tabpanel" aria-labelledby={`dock-tab-${tab}`}>
        <Boundary part="This tab" content={tab}>
          <Suspense fallback={null}>
            <Panel onSelect={onSelect} />
          </Suspense>
        </Boundary>
      </div>
    </section>
  );
}
