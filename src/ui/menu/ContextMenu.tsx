/** The place of the menu that is open; the menu itself comes right after the first picture. */
import { lazy, Suspense, useEffect } from 'react';
import { useView, useViewStore } from '../app/context.ts';
import { loadEntries } from './open.ts';

const loadMenu = () => import('./Menu.tsx');
const Menu = lazy(loadMenu);

export function ContextMenu() {
  const menu = useView((view) => view.menu);
  const view = useViewStore();
  useEffect(() => {
    void loadMenu();
    void loadEntries();
  }, []);
  return (
    menu && (
      <section aria-label="Menu">
        <Suspense fallback={null}>
          <Menu key={`${menu.at.x} ${menu.at.y}`} menu={menu} onClose={() => view.setState({ menu: null })} />
        </Suspense>
      </section>
    )
  );
}
