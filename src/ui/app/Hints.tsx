/**
 * One hint at a time for whoever draws a first design: what to do next, gone when it is done or put away for good. It
 * must not know how any of it is done.
 */
import { X } from 'lucide-react';
import { useState } from 'react';
import { openQuickAdd } from '../adding/open.ts';
import { shortcutOf } from '../commands/registry.ts';
import { addComponent } from '../design/actions.ts';
import { useRunState } from '../run/use-run.ts';
import { useDesign, useDesignState, useServices } from './context.ts';
import css from './Hints.module.css';

const PUT_AWAY = 'loadbearing/hints';

export default function Hints() {
  const [isAway, setIsAway] = useState(() => localStorageValue() === 'away');
  const isOwn = useDesignState((state) => state.origin === 'own');
  const isEmpty = useDesign((design) => design.nodes.length === 0 && design.notes.length === 0);
  const hint = useHint();
  if (isEmpty) return <EmptyState />;
  if (isAway || !isOwn || hint === null) return null;
  return (
    <section className={css.hint} aria-label="Next step">
      <p role="status">{hint}</p>
      <button
        className="button"
        data-look="icon"
        aria-label="No more hints"
        onClick={() => {
          putAway();
          setIsAway(true);
        }}
      >
        <X size={15} aria-hidden />
      </button>
    </section>
  );
}

function useHint(): string | null {
  const hasLinks = useDesign((design) => design.links.length > 0);
  const hasRun = useRunState((state) => state.play === 'playing' || state.marks.length > 0);
  const isBroken = useRunState((state) => state.interventions > 0 || state.drill !== null);
  if (!hasLinks) {
    return 'Drag from the dot on a component’s right edge into the open, or select it and press Ctrl →: what it calls is added and linked.';
  }
  if (!hasRun) return 'Press K, or the round button below, to put load on it.';
  if (!isBroken) return 'Right-click a component or a link, or hold it with a finger, to break it.';
  return null;
}

/** An empty canvas: the three ways to begin. */
function EmptyState() {
  const services = useServices();
  const { view, canvas } = services;
  const addClients = () => {
    const id = addComponent(services, 'client', { at: canvas.centre() });
    if (id) requestAnimationFrame(() => canvas.focus(id));
  };
  return (
    <section className={css.empty} aria-label="How to begin" data-keys="canvas">
      <h2>Where does the load come from?</h2>
      <p>
        An architecture begins with clients. Each thing you add next is linked where that is legal; then press
        play and break it.
      </p>
      <div className={css.ways}>
        <button className="button" data-look="primary" onClick={addClients}>
          Add clients
        </button>
        <button className="button" onClick={() => openQuickAdd(services)}>
          Type what you need <kbd className="key">{shortcutOf('quick-add')}</kbd>
        </button>
        <button className="button" onClick={() => view.setState({ dialog: 'gallery' })}>
          Start from an example
        </button>
        <button className="button" onClick={() => view.setState({ dialog: 'open' })}>
          Open a file or link
        </button>
      </div>
      <p className={css.small}>Double-click anywhere to add there; drop a file to open it.</p>
    </section>
  );
}

function localStorageValue(): string | null {
  try {
    return localStorage.getItem(PUT_AWAY);
  } catch {
    return null;
  }
}

function putAway(): void {
  try {
    localStorage.setItem(PUT_AWAY, 'away');
  } catch {
    // Refused storage: they stay away until the page is loaded again.
  }
}
