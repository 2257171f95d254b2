/**
 * The tabs of a panel, moved through with arrow keys. Which one was open is remembered while the page lives, so that
 * selections can be compared.
 */
import { useId, useState, type ReactNode } from 'react';
import { onTabKey } from '../app/tab-keys.ts';
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
  const shown = tabs.find((tab) => tab.id === open) ?? tabs[0];
  return (
    <>
      <div
        className={css.tabs}
        role="tablist"
        aria-label="About the selection"
        onKeyDown={(event) => onTabKey(event, tabs.indexOf(shown), tabs.length, (index) => show(tabs[index]))}
      >
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
