/** Find or run: every command, every kind to add and every component on the canvas, by a few letters of its name. */
import { useMemo, useRef, useState } from 'react';
import { SPECS } from '../../kinds/specs.ts';
import { Dialog } from '../app/Dialog.tsx';
import { useServices, type Services } from '../app/context.ts';
import { boxOf } from '../canvas/flow.ts';
import { addComponent } from '../design/actions.ts';
import { nodeEntry } from './others.ts';
import { commandsFor } from './registry.ts';
import { showKeys } from './keys.ts';
import css from './CommandPalette.module.css';

interface Entry {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  run(): void;
}

const MOST_SHOWN = 60;

export default function CommandPalette() {
  const services = useServices();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const entries = useMemo(() => entriesOf(services), [services]);
  const found = useMemo(() => search(entries, query), [entries, query]);
  const close = () => services.view.setState({ dialog: null });
  const pick = (entry: Entry | undefined) => {
    if (!entry) return;
    close();
    setTimeout(() => entry.run(), 0);
  };
  const move = (step: number) => {
    const next = found.length === 0 ? 0 : (at + step + found.length) % found.length;
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <Dialog title="Find or run" onClose={close} isBare>
      <input
        className={css.query}
        role="combobox"
        aria-expanded
        aria-controls="commands-found"
        aria-activedescendant={found[at] ? `command-${at}` : undefined}
        aria-label="Find a command or component"
        placeholder="Find a command or component"
        data-focus
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(1);
          else if (event.key === 'ArrowUp') move(-1);
          else if (event.key === 'Enter') pick(found[at]);
          else return;
          event.preventDefault();
        }}
      />
      <ul ref={list} id="commands-found" className={css.list} role="listbox" aria-label="Found">
        {found.map((entry, index) => (
          <li
            key={entry.id}
            id={`command-${index}`}
            role="option"
            aria-selected={index === at}
            className={css.entry}
            onPointerMove={() => setAt(index)}
            onClick={() => pick(entry)}
          >
            <span>{entry.label}</span>
            <span className={css.hint}>{entry.hint}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={css.none}>Nothing is called that.</p>}
    </Dialog>
  );
}

function entriesOf(services: Services): Entry[] {
  const commands = commandsFor(services).filter(
    (command) => !command.isMinor && (command.isPossible?.(services) ?? true),
  );
  const { design } = services.design.getState();
  return [
    ...commands.map((command) => ({
      id: command.id,
      label: command.name?.(services) ?? command.label,
      hint: command.keys?.[0] ? showKeys(command.keys[0]) : command.group,
      run: () => command.run(services),
    })),
    ...(services.view.getState().mode === 'edit' ? Object.values(SPECS) : []).map((spec) => ({
      id: `add-${spec.kind}`,
      label: `Add ${spec.label}`,
      hint: spec.summary,
      run: () => void addComponent(services, spec.kind),
    })),
    ...design.nodes.map((node) => ({
      id: `go-${node.id}`,
      label: nodeEntry(node),
      hint: 'Component',
      run: () => {
        services.view.select([node.id]);
        services.canvas.reveal(boxOf(node));
        services.canvas.focus(node.id);
      },
    })),
  ];
}

/** All words have to occur; entries whose name begins with the query come first. */
function search(entries: readonly Entry[], query: string): readonly Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = (entry: Entry) => (entry.label.toLowerCase().startsWith(words[0] ?? '') ? 0 : 1);
  return entries
    .filter((entry) => words.every((word) => `${entry.label} ${entry.hint}`.toLowerCase().includes(word)))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST_SHOWN);
}
