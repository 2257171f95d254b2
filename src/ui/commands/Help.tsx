/** Help: what the signs on the screen mean and every shortcut, searchable, from the one registry. */
import { useState } from 'react';
import { Dialog } from '../app/Dialog.tsx';
import { useViewStore } from '../app/context.ts';
import { areSingleKeysOn, setSingleKeys, showKeys } from './keys.ts';
import { Legend } from './Legend.tsx';
import { COMMANDS } from './registry.ts';
import css from './Help.module.css';

export default function Help() {
  const view = useViewStore();
  const [query, setQuery] = useState('');
  const [isSingle, setIsSingle] = useState(areSingleKeysOn);
  const wanted = query.trim().toLowerCase();
  const found = COMMANDS.filter(({ label, group, keys }) => {
    const words = `${label} ${group} ${keys?.map(showKeys).join(' ') ?? ''}`.toLowerCase();
    return wanted === '' || words.includes(wanted);
  });
  const groups = [...new Set(found.map((command) => command.group))];
  return (
    <Dialog title="Help and shortcuts" onClose={() => view.setState({ dialog: null })} isWide>
      <input
        className={`field ${css.search}`}
        type="search"
        placeholder="Search shortcuts"
        aria-label="Search shortcuts"
        autoFocus
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <div className={css.columns}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl className={css.rows}>
              {found
                .filter((command) => command.group === group)
                .map((command) => (
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
        ))}
        {found.length === 0 && <p>No command is called that.</p>}
        {wanted === '' && (
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
            <Legend />
          </section>
        )}
      </div>
      <label className={css.option}>
        <input
          type="checkbox"
          checked={isSingle}
          onChange={(event) => {
            setSingleKeys(event.target.checked);
            setIsSingle(event.target.checked);
          }}
        />
        Shortcuts of a single letter are on
      </label>
    </Dialog>
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
