/**
 * Light, dark, or as the system has it. The choice is kept under the key that public/theme.js reads before the first
 * paint. It must not know React.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';

export type ThemeChoice = 'system' | 'light' | 'dark';
export type ThemeStore = StoreApi<{ readonly choice: ThemeChoice }> & {
  choose(choice: ThemeChoice): void;
};

const KEY = 'loadbearing/theme';

export function createTheme(): ThemeStore {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  // High contrast brings its own ground, and says with `dark` which: colours that are kept have to suit that.
  const forced = matchMedia('(forced-colors: active)');
  const store = createStore<{ readonly choice: ThemeChoice }>(() => ({ choice: readChoice() }));
  const show = () => {
    const { choice } = store.getState();
    const theme = choice === 'system' || forced.matches ? (dark.matches ? 'dark' : 'light') : choice;
    document.documentElement.dataset.theme = theme;
  };
  for (const query of [dark, forced]) query.addEventListener('change', show);
  show();
  return {
    ...store,
    choose(choice) {
      store.setState({ choice });
      show();
      try {
        if (choice === 'system') localStorage.removeItem(KEY);
        else localStorage.setItem(KEY, choice);
      } catch {
        // Storage may be denied; the choice then lasts as long as the page.
      }
    },
  };
}

function readChoice(): ThemeChoice {
  try {
    const choice = localStorage.getItem(KEY);
    return choice === 'light' || choice === 'dark' ? choice : 'system';
  } catch {
    return 'system';
  }
}
