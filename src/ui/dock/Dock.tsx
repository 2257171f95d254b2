/**
 * The lower part of the screen: transport, and below it timeline, events and traces on tabs. It must not know the
 * canvas; `onSelect` is told which node or link to show.
 */
import { ChevronDown } from 'lucide-react';
import { lazy, Suspense, useRef } from 'react';
import { Boundary } from '../app/Boundary.tsx';
import { useRun, useRunState } from '../run/use-run.ts';
import { DockTabs } from './DockTabs.tsx';
import { FailureNote } from './FailureNote.tsx';
import { Transport } from './Transport.tsx';
import css from './Dock.module.css';

// None of what follows is part of the first picture.
const DrillPicker = lazy(() => import('./DrillPicker.tsx'));
const PANELS = {
  timeline: lazy(() => import('./Timeline.tsx')),
  events: lazy(() => import('./EventList.tsx')),
  traces: lazy(() => import('../trace/TracePanel.tsx')),
};

export function Dock({ onSelect }: { readonly onSelect: (id: string) => void }) {
  const tab = useRunState((state) => state.tab);
  const hasFailed = useRunState((state) => state.play === 'failed');
  const isOpen = useRunState((state) => state.isDockOpen);
  const Panel = PANELS[tab];
  return (
    <section className={css.dock} data-open={isOpen || undefined} aria-label="Run and measurements">
      <DockHead />
      {hasFailed && <FailureNote />}
      {isOpen && (
        <>
          <div className={css.bar}>
            <DockTabs />
            <Boundary part="The choice of drills">
              <Suspense fallback={null}>
                <DrillPicker />
              </Suspense>
            </Boundary>
          </div>
          <div id={`dock-${tab}`} className={css.panel} role="tabpanel" aria-labelledby={`dock-tab-${tab}`}>
            <Boundary part="This tab" content={tab}>
              <Suspense fallback={null}>
                <Panel onSelect={onSelect} />
              </Suspense>
            </Boundary>
          </div>
        </>
      )}
    </section>
  );
}

/** A finger that moves this far up or down opens or closes it. */
const SWIPE = 30;

/** The row that is always there, with what opens and closes the rest; on a small screen it is also swiped. */
function DockHead() {
  const run = useRun();
  const isOpen = useRunState((state) => state.isDockOpen);
  const began = useRef(NaN);
  return (
    <div
      className={css.head}
      onPointerDown={(event) => (began.current = event.pointerType === 'touch' ? event.clientY : NaN)}
      onPointerUp={(event) => {
        const down = event.clientY - began.current;
        if (Math.abs(down) > SWIPE) run.showDock(down < 0);
      }}
    >
      <Transport>
        <button
          type="button"
          className={`button ${css.switch}`}
          data-look="icon"
          aria-label="Measurements"
          aria-expanded={isOpen}
          title={isOpen ? 'Hide the measurements (D)' : 'Show the measurements (D)'}
          onClick={() => run.showDock(!isOpen)}
        >
          <ChevronDown size={16} aria-hidden />
        </button>
      </Transport>
    </div>
  );
}
