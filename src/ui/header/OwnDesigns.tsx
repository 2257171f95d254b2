/** The designs kept in this browser: open, rename, duplicate, delete and take that back. */
import { Copy, Pencil, Trash2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useDesignState, useServices } from '../app/context.ts';
import { InlineName } from '../canvas/InlineName.tsx';
import type { StoredDesign } from '../design/library.ts';
import { deleteStored, duplicateStored, renameStored } from '../design/stored.ts';
import css from './OpenDialog.module.css';

interface Deleted {
  readonly name: string;
  putBack(): Promise<void>;
}

export function OwnDesigns({ onPick }: { onPick(): void }) {
  const services = useServices();
  const { files, speech } = services;
  const [own, setOwn] = useState<readonly StoredDesign[]>([]);
  const [deleted, setDeleted] = useState<Deleted | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const refresh = useCallback(() => files.list().then(setOwn), [files]);
  useEffect(() => void refresh(), [refresh]);
  /** Whatever storage answers, the list shows what is really kept. */
  const attempt = async (act: () => Promise<unknown>, done: string) => {
    setProblem(null);
    try {
      await act();
      speech.say(done);
    } catch (reason) {
      setProblem(reason instanceof Error ? reason.message : 'This browser refuses to change its storage.');
    }
    await refresh();
  };
  const remove = (each: StoredDesign) =>
    attempt(async () => {
      const putBack = await deleteStored(services, each);
      setDeleted({ name: each.name || 'Untitled', putBack });
    }, `${each.name} deleted.`);
  return (
    <>
      <h3 className={css.heading}>Kept in this browser</h3>
      {own.length === 0 && (
        <p className={css.note}>Nothing yet. Designs you change are kept here by themselves.</p>
      )}
      {problem && (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      )}
      {deleted && (
        <p className={css.deleted} role="status">
          “{deleted.name}” is deleted.
          <button
            className="button"
            onClick={() =>
              void attempt(deleted.putBack, `${deleted.name} is back.`).then(() => setDeleted(null))
            }
          >
            Undo
          </button>
        </p>
      )}
      <ul className={css.own}>
        {own.map((each) => (
          <Entry
            key={each.id}
            stored={each}
            onOpen={() => {
              onPick();
              void files.openStored(each.id);
            }}
            onRename={(name) => void attempt(() => renameStored(services, each, name), `Renamed to ${name}.`)}
            onDuplicate={() =>
              void attempt(() => duplicateStored(services, each), `${each.name} duplicated.`)
            }
            onDelete={() => void remove(each)}
          />
        ))}
      </ul>
    </>
  );
}

interface EntryProps {
  readonly stored: StoredDesign;
  onOpen(): void;
  onRename(name: string): void;
  onDuplicate(): void;
  onDelete(): void;
}

function Entry({ stored, onOpen, onRename, onDuplicate, onDelete }: EntryProps) {
  const isOpen = useDesignState((state) => state.documentId === stored.id);
  const [isRenaming, setIsRenaming] = useState(false);
  const name = stored.name || 'Untitled';
  if (isRenaming) {
    return (
      <li className={css.renaming}>
        <InlineName
          label={`Name of ${name}`}
          value={stored.name}
          onDone={(next) => {
            setIsRenaming(false);
            if (next !== null) onRename(next);
          }}
        />
      </li>
    );
  }
  const actions = [
    { label: `Rename ${name}`, icon: Pencil, run: () => setIsRenaming(true), isOff: false },
    { label: `Duplicate ${name}`, icon: Copy, run: onDuplicate, isOff: false },
    {
      label: isOpen ? `${name} is open and cannot be deleted` : `Delete ${name}`,
      icon: Trash2,
      run: onDelete,
      isOff: isOpen,
    },
  ];
  return (
    <li className={css.line}>
      <button className={css.entry} disabled={isOpen} onClick={onOpen}>
        <span>{name}</span>
        <small>{isOpen ? 'open now' : new Date(stored.savedAt).toLocaleString('en-GB')}</small>
      </button>
      {actions.map(({ label, icon: Icon, run, isOff }) => (
        <button
          key={label}
          className="button"
          data-look="icon"
          aria-label={label}
          title={label}
          disabled={isOff}
          onClick={run}
        >
          <Icon size={14} aria-hidden />
        </button>
      ))}
    </li>
  );
}
