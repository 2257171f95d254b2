/** Every kind of the catalog, to drag onto the canvas or to add with a click or Enter, and the shipped examples. */
import { useMemo, useState, type PointerEvent } from 'react';
import type { KindSpec } from '../../kinds/contract.ts';
import { SPECS } from '../../kinds/specs.ts';
import { findKinds } from '../adding/search.ts';
import { useServices, useView, useViewStore } from '../app/context.ts';
import { KindIcon } from '../canvas/KindIcon.tsx';
import { addComponent } from '../design/actions.ts';
import { DragGhost } from './DragGhost.tsx';
import { Examples } from './Examples.tsx';
import { useDragging } from './use-dragging.ts';
import css from './Palette.module.css';

const CATEGORIES = [
  { id: 'traffic', label: 'Traffic' },
  { id: 'compute', label: 'Compute' },
  { id: 'state', label: 'State' },
] as const;

export function Palette() {
  const [query, setQuery] = useState('');
  const services = useServices();
  const view = useViewStore();
  const isOpen = useView((state) => state.isPaletteOpen);
  const { ghost, press } = useDragging();
  const found = useMemo(() => findKinds(Object.values(SPECS), query).map(({ spec }) => spec), [query]);
  const add = (spec: KindSpec) => {
    const id = addComponent(services, spec.kind);
    view.setState({ isPaletteOpen: false });
    if (id) requestAnimationFrame(() => services.canvas.focus(id));
  };
  return (
    <aside className={css.palette} aria-label="Components" data-open={isOpen || undefined}>
      <div className={css.search}>
        <input
          data-search="palette"
          className={css.query}
          type="search"
          placeholder="Add a component"
          aria-label="Find a component to add"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && found.length > 0) {
              add(found[0]);
              setQuery('');
            }
            if (event.key === 'Escape') {
              setQuery('');
              view.setState({ isPaletteOpen: false });
              services.canvas.focus(null);
            }
          }}
        />
      </div>
      <div className={css.list}>
        <Kinds specs={found} onAdd={add} onPress={press} />
        {found.length === 0 && (
          <p className={css.none}>
            Nothing is called that. Try what it does, or a product: “cache”, “redis”.
          </p>
        )}
        {query === '' && <Examples />}
      </div>
      <DragGhost ghost={ghost} />
    </aside>
  );
}

interface KindsProps {
  readonly specs: readonly KindSpec[];
  onAdd(spec: KindSpec): void;
  onPress(event: PointerEvent<HTMLElement>, spec: KindSpec): void;
}

function Kinds({ specs, onAdd, onPress }: KindsProps) {
  return CATEGORIES.map(({ id, label }) => {
    const own = specs.filter((spec) => spec.category === id);
    if (own.length === 0) return null;
    return (
      <section key={id} aria-label={label}>
        <h2 className={css.category}>{label}</h2>
        <ul className={css.tiles}>
          {own.map((spec) => (
            <li key={spec.kind}>
              <button
                className={css.tile}
                title={`${spec.summary}. Drag it onto the canvas, or click to add it.`}
                aria-label={`Add ${spec.label}: ${spec.summary}`}
                onPointerDown={(event) => onPress(event, spec)}
                onClick={() => onAdd(spec)}
              >
                <KindIcon spec={spec} />
                <span>{spec.label}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    );
  });
}
