/**
 * Find or run: every command, every kind to add, every component on the canvas and what can be done to it, and every
 * example, by a few letters of its name.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import { SPECS } from '../../kinds/specs.ts';
import { Dialog } from '../app/Dialog.tsx';
import { useServices, type Services } from '../app/context.ts';
import { boxOf } from '../canvas/flow.ts';
import { addComponent } from '../design/actions.ts';
import type { Example } from '../design/files.ts';
import type { ActiveFaults } from '../menu/faults.ts';
import { carryOut, faultActions } from './fault-actions.ts';
import { nodeEntry } from './others.ts';
import { commandsFor } from './registry.ts';
import { showKeys } from './keys.ts';
import css from './CommandPalette.module.css';

interface Entry {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  /** What it would be done to: the simulation is asked what is already done to that. */
  readonly target?: string;
  run(): void;
}

const MOST_SHOWN = 60;

export default function CommandPalette() {
  const services = useServices();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const found = useFound(services, query);
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

/** Faults are listed only once something is looked for: there are many more of them than of everything else. */
function useFound(services: Services, query: string): readonly Entry[] {
  const [active, setActive] = useState<ReadonlyMap<string, ActiveFaults>>(new Map());
  const asked = useRef(new Set<string>());
  const isEmpty = query.trim() === '';
  const [examples, setExamples] = useState<readonly Example[]>([]);
  const entries = useMemo(
    () => [...entriesOf(services), ...exampleEntries(services, examples)],
    [services, examples],
  );
  const faults = useMemo(() => (isEmpty ? [] : faultEntries(services, active)), [services, active, isEmpty]);
  const found = useMemo(() => search([...entries, ...faults], query), [entries, faults, query]);
  useEffect(() => {
    let isHere = true;
    void services.files.examples().then((list) => isHere && setExamples(list));
    return () => {
      isHere = false;
    };
  }, [services]);
  useEffect(() => {
    const targets = new Set(found.flatMap(({ target }) => target ?? []));
    for (const id of targets) {
      if (asked.current.has(id)) continue;
      asked.current.add(id);
      services.run.session.inspect(id).then(
        (inspection) =>
          inspection &&
          inspection.faults.length > 0 &&
          setActive((known) => new Map(known).set(id, inspection.faults)),
        () => {},
      );
    }
  }, [services, found]);
  return found;
}

function faultEntries(services: Services, active: ReadonlyMap<string, ActiveFaults>): Entry[] {
  const { design } = services.design.getState();
  return faultActions(design, services.run.live, (id) => active.get(id) ?? []).map((action) => ({
    id: action.id,
    label: action.label,
    hint: action.hint,
    target: action.target,
    run: () => carryOut(services, action),
  }));
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
    ...drillEntries(services),
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

function drillEntries({ run, design }: Services): Entry[] {
  const { drills } = design.getState().design;
  const entries = drills.map(({ id, name }) => ({
    id: `drill-${id}`,
    label: `Carry out the drill “${name}”`,
    hint: 'Starts the run anew',
    run: () => run.startDrill(id),
  }));
  if (run.state.getState().drill === null) return entries;
  const stop = { id: 'drill-none', label: 'Run without a drill', hint: 'Starts the run anew' };
  return [...entries, { ...stop, run: () => run.startDrill(null) }];
}

/** Where nothing may be edited, nothing may take the place of what is shown either. */
function exampleEntries({ files, run, view }: Services, examples: readonly Example[]): Entry[] {
  if (view.getState().mode !== 'edit') return [];
  return examples.map(({ file, name, teaches }) => ({
    id: `example-${file}`,
    label: `Open the example “${name}”`,
    hint: teaches,
    run: () => void files.openExample(file).then((isOpen) => isOpen && run.play()),
  }));
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
