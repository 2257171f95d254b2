/**
 * The tabs of a panel, moved through with arrow keys. Which one was open is remembered while the page lives, so that
 * selections can be compared.
 */
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import css from './Inspector.module.css';

export interface PanelTab {
  readonly id: string;
  readonly label: string;
  readonly content: ReactNode;
}

const lastOpen = new Map<string, string>();

export function PanelTabs({ name, tabs }: { name: string; tabs: readonly PanelTab[] }) {
  const id = useId();
  const [open, setOpen] = useState(() => lastOpen.get(name) ?? tabs[0].id);
  const show = (tab: PanelTab) => {
    lastOpen.set(name, tab.id);
    setOpen(tab.id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = tabs.findIndex((tab) => tab.id === open);
    const next = nextOf(event.key, at, tabs.length);
    if (next === null) return;
    event.preventDefault();
    show(tabs[next]);
    event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[next].focus();
  };
  const shown = tabs.find((tab) => tab.id === open) ?? tabs[0];
  return (
    <>
      <div className={css.tabs} role="tablist" aria-label="About the selection" onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            role="tab"
            id={`${id}-${tab.id}`}
            className={css.tab}
            aria-selected={tab === shown}
            aria-controls={tab === shown ? `${id}-panel` : undefined}
            tabIndex={tab === shown ? 0 : -1}
            onClick={() => show(tab)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${shown.id}`}>
        {shown.content}
      </div>
    </>
  );
}

/** Arrows go round, Home and End go to the ends. */
function nextOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
