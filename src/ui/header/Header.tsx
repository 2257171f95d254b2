/** The bar on top: what is open, whether it is saved, and what can be done with the whole design. */
import {
  CircleHelp,
  FilePlus2,
  FolderOpen,
  Monitor,
  Moon,
  Redo2,
  Save,
  Search,
  Sun,
  Undo2,
} from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { useDesign, useDesignState, useServices, useView } from '../app/context.ts';
import { InlineName } from '../canvas/InlineName.tsx';
import { runCommand, useCommands } from '../commands/load.ts';
import type { ThemeChoice } from '../theme/theme.ts';
import { InspectorSwitch } from './InspectorSwitch.tsx';
import { Logo } from './Logo.tsx';
import { SavedState } from './SavedState.tsx';
import css from './Header.module.css';

/** The review itself is no part of the first picture. */
const WarningsButton = lazy(() => import('../review/WarningsButton.tsx'));

export function Header() {
  const services = useServices();
  const past = useDesignState((state) => state.history.past.at(-1)?.label);
  const future = useDesignState((state) => state.history.future[0]?.label);
  const commands = useCommands();
  const run = (id: string) => () => runCommand(services, id);
  return (
    <header className={css.header}>
      <h1 className={css.logo}>
        <Logo />
        <span>Loadbearing</span>
      </h1>
      <span className={css.rule} />
      <Title />
      <SavedState />
      <span className={css.space} />
      <button
        className="button"
        data-look="quiet"
        disabled={!past}
        title={past ? `Undo: ${past}` : 'Nothing to undo'}
        onClick={run('undo')}
      >
        <Undo2 size={15} aria-hidden />
        <span className={css.word}>Undo</span>
      </button>
      <button
        className={`button ${css.spare}`}
        data-look="quiet"
        disabled={!future}
        title={future ? `Redo: ${future}` : 'Nothing to redo'}
        onClick={run('redo')}
      >
        <Redo2 size={15} aria-hidden />
        <span className={css.word}>Redo</span>
      </button>
      <span className={css.rule} />
      <Action id="new" label="New" icon={FilePlus2} />
      <Action id="open" label="Open…" icon={FolderOpen} />
      <Action id="save" label="Save" icon={Save} />
      <button
        className="button"
        data-look="quiet"
        title="Find a command or component"
        onClick={run('commands')}
      >
        <Search size={15} aria-hidden />
        <span className={css.word}>
          Find or run <kbd className="key">{commands?.shortcutOf('commands')}</kbd>
        </span>
      </button>
      <ThemeSwitch />
      <button
        className="button"
        data-look="icon"
        aria-label="Help and shortcuts"
        title="Help and shortcuts (?)"
        onClick={run('help')}
      >
        <CircleHelp size={16} aria-hidden />
      </button>
      <Suspense fallback={null}>
        <WarningsButton />
      </Suspense>
      <InspectorSwitch />
      <ShareButton />
    </header>
  );
}

function Action({ id, label, icon: Icon }: { id: string; label: string; icon: typeof Undo2 }) {
  const services = useServices();
  const commands = useCommands();
  const shortcut = commands?.shortcutOf(id);
  const title = `${commands?.commandById(id).label ?? label}${shortcut ? ` (${shortcut})` : ''}`;
  return (
    <button
      className={`button ${css.spare}`}
      data-look="quiet"
      title={title}
      onClick={() => runCommand(services, id)}
    >
      <Icon size={15} aria-hidden />
      <span className={css.word}>{label}</span>
    </button>
  );
}

function Title() {
  const name = useDesign((design) => design.name);
  const isRenaming = useView((view) => view.renaming === 'design');
  const { view, design } = useServices();
  if (!isRenaming) {
    return (
      <button className={css.title} title="Rename" onClick={() => view.setState({ renaming: 'design' })}>
        {name || 'Untitled'}
      </button>
    );
  }
  return (
    <div className={css.titleField}>
      <InlineName
        label="Name of the design"
        value={name}
        onDone={(label) => {
          view.setState({ renaming: null });
          if (label !== null) design.edit({ type: 'rename', id: null, label });
        }}
      />
    </div>
  );
}

const NEXT: Record<ThemeChoice, ThemeChoice> = { system: 'light', light: 'dark', dark: 'system' };
const THEMES = {
  system: { icon: Monitor, label: 'Theme of the system' },
  light: { icon: Sun, label: 'Light theme' },
  dark: { icon: Moon, label: 'Dark theme' },
} as const;

function ThemeSwitch() {
  const { theme } = useServices();
  const choice = useStore(theme, (state) => state.choice);
  const { icon: Icon, label } = THEMES[choice];
  const next = THEMES[NEXT[choice]].label.toLowerCase();
  return (
    <button
      className={`button ${css.spare}`}
      data-look="icon"
      aria-label={`${label}. Switch to ${next}`}
      title={`${label}. Click for ${next}`}
      onClick={() => theme.choose(NEXT[choice])}
    >
      <Icon size={16} aria-hidden />
    </button>
  );
}

function ShareButton() {
  const { view } = useServices();
  const isEmpty = useDesign((design) => design.nodes.length === 0);
  return (
    <button
      className="button"
      data-look="primary"
      disabled={isEmpty}
      title={isEmpty ? 'There is nothing to share yet' : 'Make a link of this design'}
      onClick={() => view.setState({ dialog: 'share' })}
    >
      Share
    </button>
  );
}
