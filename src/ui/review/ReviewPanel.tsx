/**
 * Beside the canvas: warnings, cost and history of the whole design. Not modal: the canvas stays usable, and Esc closes
 * it while the focus is inside.
 */
import { X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useView, useViewStore } from '../app/context.ts';
import { onTabKey } from '../app/tab-keys.ts';
import type { Review } from '../app/view.ts';
import { CostView } from './CostView.tsx';
import { HistoryView } from './HistoryView.tsx';
import { WarningsView } from './WarningsView.tsx';
import css from './ReviewPanel.module.css';

const VIEWS: readonly { readonly id: Review; readonly label: string; readonly view: () => ReactNode }[] = [
  { id: 'warnings', label: 'Warnings', view: WarningsView },
  { id: 'cost', label: 'Cost', view: CostView },
  { id: 'history', label: 'History', view: HistoryView },
];

export default function ReviewPanel() {
  const view = useViewStore();
  const open = useView((state) => state.review);
  const panel = useRef<HTMLElement>(null);
  const origin = useRef<Element | null>(null);
  useEffect(() => {
    origin.current = document.activeElement;
    panel.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  }, []);
  const close = () => {
    view.setState({ review: null });
    if (origin.current instanceof HTMLElement) origin.current.focus();
  };
  const shown = VIEWS.find(({ id }) => id === open) ?? VIEWS[0];
  const View = shown.view;
  return (
    <section
      ref={panel}
      className={css.panel}
      data-review
      aria-label="Review of the design"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <div className={css.head}>
        <Tabs shown={shown.id} onShow={(review) => view.setState({ review })} />
        <button className="button" data-look="icon" aria-label="Close the review" onClick={close}>
          <X size={16} aria-hidden />
        </button>
      </div>
      <div
        id="review-shown"
        className={css.content}
        role="tabpanel"
        aria-labelledby={`review-${shown.id}`}
        tabIndex={0}
      >
        <View />
      </div>
    </section>
  );
}

function Tabs({ shown, onShow }: { shown: Review; onShow(review: Review): void }) {
  const at = VIEWS.findIndex(({ id }) => id === shown);
  return (
    <div
      className={css.tabs}
      role="tablist"
      aria-label="Review"
      onKeyDown={(event) => onTabKey(event, at, VIEWS.length, (index) => onShow(VIEWS[index].id))}
    >
      {VIEWS.map(({ id, label }) => (
        <button
          key={id}
          id={`review-${id}`}
          role="tab"
          className={css.tab}
          aria-selected={id === shown}
          aria-controls={id === shown ? 'review-shown' : undefined}
          tabIndex={id === shown ? 0 : -1}
          onClick={() => onShow(id)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
