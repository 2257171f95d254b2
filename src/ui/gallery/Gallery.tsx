/** Every design shipped with the app, drawn small and with what it teaches; opening one never loses one's own. */
import { useEffect, useMemo, useState } from 'react';
import type { Design } from '../../model/document.ts';
import { Dialog } from '../app/Dialog.tsx';
import { useServices } from '../app/context.ts';
import { specOf } from '../canvas/flow.ts';
import type { Example } from '../design/files.ts';
import { useReducedMotion } from '../run/use-reduced-motion.ts';
import { createLivePictures } from './live-pictures.ts';
import { Thumbnail } from './Thumbnail.tsx';
import css from './Gallery.module.css';

interface Shown {
  readonly example: Example;
  /** Null where it could not be fetched; it can still be tried. */
  readonly design: Design | null;
}

export default function Gallery() {
  const { files, view, run } = useServices();
  const [shown, setShown] = useState<readonly Shown[] | null>(null);
  const [query, setQuery] = useState('');
  useEffect(() => {
    let isHere = true;
    const load = async () => {
      const examples = await files.examples();
      const all = await Promise.all(
        examples.map(async (example) => ({ example, design: await files.readExample(example.file) })),
      );
      if (isHere) setShown(all);
    };
    void load();
    return () => {
      isHere = false;
    };
  }, [files]);
  const { pictures, isMoving, setMoving } = useLivePictures();
  const found = useMemo(() => (shown ?? []).filter((each) => fits(each, query)), [shown, query]);
  const open = async ({ example }: Shown) => {
    view.setState({ dialog: null });
    if (await files.openExample(example.file)) run.play();
  };
  return (
    <Dialog title="Examples" onClose={() => view.setState({ dialog: null })} isWide>
      <div className={css.tools}>
        <input
          className={`field ${css.search}`}
          type="search"
          placeholder="retry, shard, breaker …"
          aria-label="Search examples"
          data-focus
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <label className={css.choice} title="Each is simulated while it is in view, with its drill">
          <input type="checkbox" checked={isMoving} onChange={(event) => setMoving(event.target.checked)} />
          Live pictures
        </label>
      </div>
      <ul className={css.grid}>
        {found.map((each) => (
          <li key={each.example.file}>
            <button className={css.card} onClick={() => void open(each)}>
              {each.design ? (
                <Thumbnail design={each.design} pictures={pictures} />
              ) : (
                <span className={css.thumbnail} />
              )}
              <b>{each.example.name}</b>
              <small>{each.example.teaches}</small>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p className={css.none} role="status">
          {noneText(shown)}
        </p>
      )}
    </Dialog>
  );
}

/** They move until they are told not to; not at all where less motion is asked for. */
function useLivePictures() {
  const isStill = useReducedMotion();
  const [choice, setMoving] = useState<boolean | null>(null);
  const isMoving = choice ?? !isStill;
  const pictures = useMemo(() => (isMoving ? createLivePictures() : null), [isMoving]);
  useEffect(() => () => pictures?.stop(), [pictures]);
  return { pictures, isMoving, setMoving };
}

function noneText(shown: readonly Shown[] | null): string {
  if (shown === null) return 'Fetching the examples …';
  if (shown.length === 0)
    return 'The examples could not be fetched; check the connection and open this again.';
  return 'No example is about that. Try a component, “cache”, or a failure, “retry”.';
}

/** By name, by what it teaches, by what is in it and by its drills. */
function fits({ example, design }: Shown, query: string): boolean {
  const kinds = (design?.nodes ?? []).map(({ kind, label }) => {
    const spec = specOf(kind);
    return [label, spec?.label, ...(spec?.aliases ?? [])].join(' ');
  });
  const drills = (design?.drills ?? []).map(({ name, hypothesis }) => `${name} ${hypothesis}`);
  const text = [example.name, example.teaches, ...kinds, ...drills].join(' ').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
