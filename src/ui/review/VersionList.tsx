/** The versions kept of this design: give the present one a name, go back to an earlier one. Going back is an edit. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { serialize } from '../../model/canonical.ts';
import { MAX_LABEL } from '../../model/document.ts';
import { cleanLine } from '../../model/labels.ts';
import { useDesignState, useServices, type Services } from '../app/context.ts';
import { readText } from '../design/reading.ts';
import type { Version } from '../design/versions.ts';
import sections from './sections.module.css';
import css from './HistoryView.module.css';

export function VersionList() {
  const services = useServices();
  const [list, refresh] = useVersions(services);
  return (
    <section className={sections.list} aria-label="Versions">
      <h3 className={sections.heading}>Kept versions</h3>
      <form
        className={css.naming}
        onSubmit={(event) => {
          event.preventDefault();
          const field = event.currentTarget.elements.namedItem('version') as HTMLInputElement;
          void keepAs(services, field.value).then(refresh);
          field.value = '';
        }}
      >
        <input
          name="version"
          className="field"
          aria-label="Name for the present version"
          placeholder="Name the present version"
          maxLength={MAX_LABEL}
        />
        <button className="button">Keep</button>
      </form>
      {list.length === 0 && (
        <p className={css.note}>None yet. One is kept for each minute in which you change something.</p>
      )}
      <ol className={css.steps}>
        {list.map((version) => (
          <li key={version.id}>
            <button
              className={css.step}
              data-named={version.name !== null || undefined}
              onClick={() => goBack(services, version)}
            >
              {version.name ?? timeOf(version)}
              {version.name !== null && <small>{timeOf(version)}</small>}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The versions of the design shown, read anew after every save. */
function useVersions({ versions, files }: Services): [readonly Version[], () => void] {
  const documentId = useDesignState((state) => state.documentId);
  const saved = useStore(files.autosave, (state) => state.saved);
  const [list, setList] = useState<readonly Version[]>([]);
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    let isHere = true;
    void versions()
      .then((each) => each.list(documentId))
      .then((found) => isHere && setList(found));
    return () => {
      isHere = false;
    };
  }, [versions, documentId, saved, changes]);
  return [list, () => setChanges((count) => count + 1)];
}

async function keepAs({ design, versions, speech, view }: Services, text: string): Promise<void> {
  const name = cleanLine(text, MAX_LABEL);
  if (name === '') return;
  const { documentId, design: present } = design.getState();
  try {
    await (await versions()).keep(documentId, serialize(present), name);
    speech.say(`Kept as “${name}”.`);
  } catch (reason) {
    const problem = reason instanceof Error ? reason.message : 'Not kept.';
    view.notify({ id: 'storage', tone: 'warning', text: problem });
  }
}

function goBack({ design, speech, view }: Services, version: Version): void {
  const reading = readText(version.text, 'This version');
  if (!reading.design) {
    view.notify({ id: 'bad-input', tone: 'bad', text: reading.problem ?? 'This version cannot be read.' });
    return;
  }
  const label = `Go back to ${version.name ?? `the version of ${timeOf(version)}`}`;
  const done = design.edit({ type: 'replace', design: reading.design, label });
  speech.say(done ? `${label}: done. Undo takes it back.` : 'It is as it was then already.');
}

function timeOf({ savedAt }: Version): string {
  return new Date(savedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}
