/** The tabs of a panel. Which one was open is remembered while the page lives, so that selections can be compared. */
import { Tabs } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import css from './Inspector.module.css';

export interface PanelTab {
  readonly id: string;
  readonly label: string;
  readonly content: ReactNode;
}

const lastOpen = new Map<string, string>();

export function PanelTabs({ name, tabs }: { name: string; tabs: readonly PanelTab[] }) {
  const [open, setOpen] = useState(() => lastOpen.get(name) ?? tabs[0].id);
  return (
    <Tabs.Root
      value={open}
      onValueChange={(id) => {
        lastOpen.set(name, id);
        setOpen(id);
      }}
    >
      <Tabs.List className={css.tabs} aria-label="About the selection">
        {tabs.map((tab) => (
          <Tabs.Trigger key={tab.id} className={css.tab} value={tab.id}>
            {tab.label}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Content key={tab.id} value={tab.id} tabIndex={-1}>
          {tab.content}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
