/** The designs shipped with the app, to start from. */
import { useEffect, useState } from 'react';
import { useServices, useViewStore } from '../app/context.ts';
import type { Example } from '../design/files.ts';
import css from './Palette.module.css';

export function Examples() {
  const { files, run } = useServices();
  const view = useViewStore();
  const [examples, setExamples] = useState<readonly Example[]>([]);
  useEffect(() => {
    let isHere = true;
    void files.examples().then((list) => isHere && setExamples(list));
    return () => {
      isHere = false;
    };
  }, [files]);
  if (examples.length === 0) return null;
  const open = async (example: Example) => {
    view.setState({ isPaletteOpen: false });
    if (await files.openExample(example.file)) run.play();
  };
  return (
    <section aria-label="Start from">
      <h2 className={css.category}>Start from</h2>
      <ul className={css.examples}>
        {examples.map((example) => (
          <li key={example.file}>
            <button className={css.example} title={example.teaches} onClick={() => void open(example)}>
              {example.name}
            </button>
          </li>
        ))}
      </ul>
      <button className={css.all} onClick={() => view.setState({ dialog: 'gallery', isPaletteOpen: false })}>
        All examples…
      </button>
    </section>
  );
}
