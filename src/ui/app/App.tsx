/** The one screen: header, palette, canvas, inspector, dock, and what lies over them. It must not know their insides. */
import { lazy, Suspense, useEffect } from 'react';
import { Canvas } from '../canvas/Canvas.tsx';
import { CheckGate } from '../check/CheckGate.tsx';
import { loadCommands } from '../commands/load.ts';
import { Dock } from '../dock/Dock.tsx';
import { Transport } from '../dock/Transport.tsx';
import { Header } from '../header/Header.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { ContextMenu } from '../menu/ContextMenu.tsx';
import { Palette } from '../palette/Palette.tsx';
import { RunProvider } from '../run/use-run.ts';
import { ServicesProvider, useDesign, useServices, useView, type Services } from './context.ts';
import { Boundary } from './Boundary.tsx';
import { LiveRegions } from './LiveRegions.tsx';
import { Notices } from './Notices.tsx';
import { useWindowEvents } from './use-window-events.ts';
import css from './App.module.css';

/** Asked for by a key and typed into at once: they come right after the first picture. */
const loadFindBar = () => import('../finding/FindBar.tsx');
const loadPalette = () => import('../commands/CommandPalette.tsx');
const loadPicker = () => import('../adding/KindPicker.tsx');
const loadAdding = () => import('../adding/open.ts');

const ReadOnlyBar = lazy(() => import('./ReadOnlyBar.tsx'));
const Help = lazy(() => import('../commands/Help.tsx'));
const CommandPalette = lazy(loadPalette);
const FindBar = lazy(loadFindBar);
const KindPicker = lazy(loadPicker);
const ShareDialog = lazy(() => import('../share/ShareDialog.tsx'));
const ReviewPanel = lazy(() => import('../review/ReviewPanel.tsx'));
const ExportDialog = lazy(() => import('../exports/ExportDialog.tsx'));
const Gallery = lazy(() => import('../gallery/Gallery.tsx'));
const Welcome = lazy(() => import('./Welcome.tsx'));
const Hints = lazy(() => import('./Hints.tsx'));
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
  const isPresenting = useView((view) => view.isPresenting);
  const isEdited = mode === 'edit';
  const name = useDesign((design) => design.name);
  useEffect(() => {
    // Tabs are told apart by what is open in them.
    document.title = `${name} – Loadbearing`;
  }, [name]);
  return (
    <div className={css.app} data-mode={mode} data-presenting={isPresenting || undefined}>
      {isEdited ? <Header /> : <Suspense fallback={<header />}>{<ReadOnlyBar />}</Suspense>}
      {isEdited && <Palette />}
      <div className={css.middle}>
        <Canvas />
        <div className={css.over}>
          <Notices />
        </div>
        {isEdited && (
          <Boundary part="The welcome" isFloating>
            <Suspense fallback={null}>
              <Welcome />
              <Hints />
            </Suspense>
          </Boundary>
        )}
        <Review />
        {isPresenting && (
          <button
            className={`button ${css.leave}`}
            onClick={() => services.view.setState({ isPresenting: false })}
          >
            End presentation <kbd className="key">F</kbd>
          </button>
        )}
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
  const isPicking = useView((view) => view.picking !== null);
  const isFinding = useView((view) => view.isFinding);
  useEffect(() => {
    for (const load of [loadCommands, loadFindBar, loadPalette, loadPicker, loadAdding])
      void load().catch(() => {}); // asked for again when needed
  }, []);
  return (
    <Boundary part="The dialog" content={dialog} isFloating>
      <Suspense fallback={null}>
        {isPicking && <KindPicker />}
        {isFinding && <FindBar />}
        {dialog === 'help' && <Help />}
        {dialog === 'commands' && <CommandPalette />}
        {dialog === 'share' && <ShareDialog />}
        {dialog === 'open' && <OpenDialog />}
        {dialog === 'gallery' && <Gallery />}
        {dialog === 'export' && <ExportDialog />}
      </Suspense>
    </Boundary>
  );
}
