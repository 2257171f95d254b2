/** Takes the design out of the page: as a picture, as a flowchart, as a file. */
import { useState } from 'react';
import { Dialog } from '../app/Dialog.tsx';
import { useServices, type Services } from '../app/context.ts';
import { serialize } from '../../model/canonical.ts';
import { fileName, handOver } from '../design/files.ts';
import { toMermaid } from './mermaid.ts';
import { paintPng, pictureOf } from './picture.ts';
import css from './ExportDialog.module.css';

const FORMATS = [
  {
    id: 'svg',
    name: 'SVG',
    what: 'A picture for documents, with its fonts. Dropped here it opens as the design.',
  },
  {
    id: 'png',
    name: 'PNG',
    what: 'A picture for chats and slides, at twice the size. Dropped here it opens as the design.',
  },
  { id: 'mermaid', name: 'Mermaid', what: 'A flowchart as text; GitHub and many wikis draw it.' },
  { id: 'json', name: 'JSON', what: 'The whole design, with settings, drills and seed.' },
] as const;
type Format = (typeof FORMATS)[number]['id'];

export default function ExportDialog() {
  const services = useServices();
  const { view, run, speech } = services;
  const [isLive, setIsLive] = useState(run.live.frame !== null);
  const [said, setSaid] = useState<{ text: string; isBad: boolean } | null>(null);
  const attempt = async (act: () => Promise<string>) => {
    setSaid(null);
    try {
      const text = await act();
      setSaid({ text, isBad: false });
      speech.say(text);
    } catch (reason) {
      setSaid({ text: reason instanceof Error ? reason.message : 'It could not be exported.', isBad: true });
    }
  };
  return (
    <Dialog title="Export" onClose={() => view.setState({ dialog: null })}>
      <ul className={css.formats}>
        {FORMATS.map(({ id, name, what }) => (
          <li key={id} className={css.format}>
            <span className={css.words}>
              <b>{name}</b>
              <small>{what}</small>
            </span>
            {id === 'mermaid' && (
              <button className="button" onClick={() => void attempt(() => copyMermaid(services))}>
                Copy
              </button>
            )}
            <button
              className="button"
              aria-label={`Save as ${name}`}
              onClick={() => void attempt(() => save(services, id, isLive))}
            >
              Save
            </button>
          </li>
        ))}
      </ul>
      <label className={css.choice}>
        <input type="checkbox" checked={isLive} onChange={(event) => setIsLive(event.target.checked)} />
        Pictures with the live numbers of this moment
      </label>
      {said && (
        <p className={css.said} data-bad={said.isBad || undefined} role={said.isBad ? 'alert' : 'status'}>
          {said.text}
        </p>
      )}
    </Dialog>
  );
}

async function save({ design, files, run }: Services, format: Format, isLive: boolean): Promise<string> {
  const current = design.getState().design;
  if (format === 'json') {
    files.saveFile();
    return 'The JSON file is saved.';
  }
  const name = fileName(current.name);
  if (format === 'mermaid') {
    handOver(new Blob([toMermaid(current)], { type: 'text/plain' }), `${name}.mmd`);
    return 'The flowchart is saved. Settings and drills are not in it.';
  }
  const picture = await pictureOf(current, isLive ? run.live : null);
  if (format === 'svg') handOver(new Blob([picture.svg], { type: 'image/svg+xml' }), `${name}.svg`);
  else handOver(await paintPng(picture, serialize(current)), `${name}.png`);
  return `The picture is saved: ${picture.width} × ${picture.height}${format === 'png' ? ', twice as many pixels' : ''}.`;
}

async function copyMermaid({ design }: Services): Promise<string> {
  try {
    await navigator.clipboard.writeText(toMermaid(design.getState().design));
  } catch {
    throw new Error('The clipboard is closed to this page: save the file instead.');
  }
  return 'The flowchart is copied. Settings and drills are not in it.';
}
