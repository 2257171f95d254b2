/** Help: what the signs on the screen mean and every shortcut, searchable, from the one registry. */
import { useState } from 'react';
import { Dialog } from '../app/Dialog.tsx';
import { useViewStore } from '../app/context.ts';
import { CHECK_HASH } from '../check/address.ts';
import type { Command } from './command.ts';
import { areSingleKeysOn, setSingleKeys, showKeys } from './keys.ts';
import { DotLegend } from '../traffic/DotLegend.tsx';
import { COMMANDS } from './registry.ts';
import css from './Help.module.css';

export default function Help() {
  const view = useViewStore();
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLowerCase();
  const found = COMMANDS.filter((command) => wordsOf(command).includes(wanted));
  return (
    <Dialog title="Help and shortcuts" onClose={() => view.setState({ dialog: null })} isWide>
      <input
        className={`field ${css.search}`}
        type="search"
        placeholder="Search shortcuts"
        aria-label="Search shortcuts"
        data-focus
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <p className={css.check}>
        Is it right? The{' '}
        <a href={CHECK_HASH} onClick={() => view.setState({ dialog: null })}>
          model check
        </a>{' '}
        holds the simulator against theory and lists what is not modelled.
      </p>
      <div className={css.columns}>
        {GROUPS.map((group) => (
          <Shortcuts
            key={group}
            group={group}
            commands={found.filter((command) => command.group === group)}
          />
        ))}
        {found.length === 0 && <p>No command is called that.</p>}
        {wanted === '' && <Pointer />}
      </div>
      <SingleKeys />
    </Dialog>
  );
}

const GROUPS = [...new Set(COMMANDS.map((command) => command.group))];

function wordsOf({ label, group, keys }: Command): string {
  return `${label} ${group} ${keys?.map(showKeys).join(' ') ?? ''}`.toLowerCase();
}

function Shortcuts({ group, commands }: { group: string; commands: readonly Command[] }) {
  if (commands.length === 0) return null;
  return (
    <section>
      <h3>{group}</h3>
      <dl className={css.rows}>
        {commands.map((command) => (
          <div key={command.id}>
            <dt>{command.label}</dt>
            <dd>
              {command.keys?.map((keys) => (
                <kbd key={keys} className="key">
                  {showKeys(keys)}
                </kbd>
              )) ?? <span className={css.none}>menu or Find</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Pointer() {
  return (
    <section>
      <h3>Pointer</h3>
      <dl className={css.rows}>
        {POINTER.map(([what, how]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{how}</dd>
          </div>
        ))}
      </dl>
      <h3>Requests</h3>
      <DotLegend />
    </section>
  );
}

/** People who speak to their computer set off single letters by accident. */
function SingleKeys() {
  const [isOn, setIsOn] = useState(areSingleKeysOn);
  const change = (next: boolean) => {
    setSingleKeys(next);
    setIsOn(next);
  };
  return (
    <label className={css.option}>
      <input type="checkbox" checked={isOn} onChange={(event) => change(event.target.checked)} />
      Shortcuts of a single letter are on
    </label>
  );
}

const POINTER = [
  ['Select several', 'drag a box, or Shift click'],
  ['Move the view', 'Space drag, middle button, two fingers'],
  ['Zoom', 'wheel or pinch'],
  ['Link', 'drag from the right edge of a component'],
  ['Break something', 'right click, or long press'],
  ['See one request', 'click a dot'],
] as const;
