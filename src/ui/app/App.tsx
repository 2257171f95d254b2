/** The one screen: header, palette, canvas, inspector, dock, and what lies over them. It must not know their insides. */
import { lazy, Suspense } from 'react';
import { Canvas } from '../canvas/Canvas.tsx';
import { Dock } from '../dock/Dock.tsx';
import { Header } from '../header/Header.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { ContextMenu } from '../menu/Menu.tsx';
import { Palette } from '../palette/Palette.tsx';
import { RunProvider } from '../run/use-run.ts';
import { ServicesProvider, useServices, useView, type Services } from './context.ts';
import { LiveRegions } from './LiveRegions.tsx';
import { Notices } from './Notices.tsx';
import { useWindowEvents } from './use-window-events.ts';
import { Welcome } from './Welcome.tsx';
import css from './App.module.css';

const DIALOGS = {
  help: lazy(() => import('../commands/Help.tsx')),
  commands: lazy(() => import('../commands/CommandPalette.tsx')),
  share: lazy(() => import('../share/ShareDialog.tsx')),
  open: lazy(() => import('../header/OpenDialog.tsx')),
};

export function App({ services }: { services: Services }) {
  return (
    <ServicesProvider value={services}>
      <RunProvider value={services.run}>
        <Screen />
      </RunProvider>
    </ServicesProvider>
  );
}

function Screen() {
  const services = useServices();
  const dialog = useView((view) => view.dialog);
  const isInspectorOpen = useView((view) => view.isInspectorOpen);
  const isDropping = useWindowEvents();
  const Dialog = dialog && DIALOGS[dialog];
  return (
    <div className={css.app} data-inspector={isInspectorOpen || undefined}>
      <Header />
      <Palette />
      <div className={css.middle} data-keys="canvas">
        <Canvas />
        <div className={css.over}>
          <Notices />
        </div>
        <Welcome />
      </div>
      <Inspector />
      <div className={css.dock}>
        <Dock onSelect={(id) => services.view.select([id])} />
      </div>
      <ContextMenu />
      <Suspense fallback={null}>{Dialog && <Dialog />}</Suspense>
      {isDropping && (
        <div className={css.drop}>Drop a design file to open it. Your own design stays kept.</div>
      )}
      <LiveRegions />
    </div>
  );
}
