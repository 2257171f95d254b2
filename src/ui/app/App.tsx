/** The one screen: header, palette, canvas, inspector, dock, and what lies over them. It must not know their insides. */
import { lazy, Suspense } from 'react';
import { Canvas } from '../canvas/Canvas.tsx';
import { CheckGate } from '../check/CheckGate.tsx';
import { Dock } from '../dock/Dock.tsx';
import { Transport } from '../dock/Transport.tsx';
import { Header } from '../header/Header.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { ContextMenu } from '../menu/ContextMenu.tsx';
import { Palette } from '../palette/Palette.tsx';
import { RunProvider } from '../run/use-run.ts';
import { ServicesProvider, useServices, useView, type Services } from './context.ts';
import { Boundary } from './Boundary.tsx';
import { LiveRegions } from './LiveRegions.tsx';
import { Notices } from './Notices.tsx';
import { useWindowEvents } from './use-window-events.ts';
import { Welcome } from './Welcome.tsx';
import css from './App.module.css';

const ReadOnlyBar = lazy(() => import('./ReadOnlyBar.tsx'));
const Help = lazy(() => import('../commands/Help.tsx'));
const CommandPalette = lazy(() => import('../commands/CommandPalette.tsx'));
const ShareDialog = lazy(() => import('../share/ShareDialog.tsx'));
const ReviewPanel = lazy(() => import('../review/ReviewPanel.tsx'));
const ExportDialog = lazy(() => import('../exports/ExportDialog.tsx'));
const OpenDialog = lazy(() => import('../header/OpenDialog.tsx'));

export function App({ services }: { services: Services }) {
  return (
    <ServicesProvider value={services}>
      <RunProvider value={services.run}>
        <Boundary part="The page">
          <CheckGate>
            <Screen />
          </CheckGate>
        </Boundary>
      </RunProvider>
    </ServicesProvider>
  );
}

function Screen() {
  const services = useServices();
  const isDropping = useWindowEvents();
  const mode = useView((view) => view.mode);
  const isEdited = mode === 'edit';
  return (
    <div className={css.app} data-mode={mode}>
      {isEdited ? <Header /> : <Suspense fallback={<header />}>{<ReadOnlyBar />}</Suspense>}
      {isEdited && <Palette />}
      <div className={css.middle}>
        <Canvas />
        <div className={css.over}>
          <Notices />
        </div>
        {isEdited && <Welcome />}
        <Review />
      </div>
      {mode !== 'embed' && <Inspector />}
      <div className={css.dock}>
        {mode === 'embed' ? <RunOnly /> : <Dock onSelect={(id) => services.view.select([id])} />}
      </div>
      <ContextMenu />
      <Dialogs />
      {isDropping && (
        <div className={css.drop}>
          Drop a design, Mermaid, compose or draw.io file to open it. Your own design stays kept.
        </div>
      )}
      <LiveRegions />
    </div>
  );
}

function RunOnly() {
  return (
    <section aria-label="Run and measurements">
      <Transport />
    </section>
  );
}

function Review() {
  const isShown = useView((view) => view.review !== null);
  return <Suspense fallback={null}>{isShown && <ReviewPanel />}</Suspense>;
}

function Dialogs() {
  const dialog = useView((view) => view.dialog);
  return (
    <Boundary part="The dialog" content={dialog} isFloating>
      <Suspense fallback={null}>
        {dialog === 'help' && <Help />}
        {dialog === 'commands' && <CommandPalette />}
        {dialog === 'share' && <ShareDialog />}
        {dialog === 'open' && <OpenDialog />}
        {dialog === 'export' && <ExportDialog />}
      </Suspense>
    </Boundary>
  );
}
