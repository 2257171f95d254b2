/** Makes the link of the design, copies it, and says how long it is and where it fits. */
import { useEffect, useRef, useState } from 'react';
import { VOCABULARY } from '../../kinds/vocabulary.ts';
import { encodeLink } from '../../model/url.ts';
import { Dialog } from '../app/Dialog.tsx';
import { useDesign, useServices } from '../app/context.ts';
import { addressIn, embedSnippet } from '../app/mode.ts';
import { judgeLength } from './length.ts';
import css from './ShareDialog.module.css';

type State =
  | { readonly phase: 'making' }
  | { readonly phase: 'refused'; readonly reason: string }
  | { readonly phase: 'made'; readonly address: string; readonly isCopied: boolean };

export default function ShareDialog() {
  const services = useServices();
  const { view, files } = services;
  const field = useRef<HTMLTextAreaElement>(null);
  const [state, setState] = useState<State>({ phase: 'making' });
  useEffect(() => {
    let isHere = true;
    void share(services).then((made) => isHere && setState(made));
    return () => {
      isHere = false;
    };
  }, [services]);
  useEffect(() => {
    if (state.phase === 'made') field.current?.select();
  }, [state]);
  const close = () => view.setState({ dialog: null });
  const copy = async (address: string) =>
    setState({ phase: 'made', address, isCopied: await toClipboard(address) });
  return (
    <Dialog title="Share as a link" onClose={close}>
      {state.phase === 'making' && <p>Making the link…</p>}
      {state.phase === 'refused' && (
        <>
          <p role="alert">{state.reason}</p>
          <button className="button" onClick={() => files.saveFile()}>
            Save as a file
          </button>
        </>
      )}
      {state.phase === 'made' && (
        <>
          <p role="status">
            {state.isCopied
              ? 'The link is copied. '
              : 'The clipboard is closed to this page: copy the link below. '}
            <LengthWords length={state.address.length} />
          </p>
          <textarea
            ref={field}
            className={`field number ${css.link}`}
            aria-label="Link to this design"
            readOnly
            value={state.address}
            onFocus={(event) => event.target.select()}
          />
          <MoreWays address={state.address} />
          <p className={css.note}>
            The whole design and its seed are in the link itself; nothing is stored anywhere else. Whoever
            opens it gets the same run, to the last request.
          </p>
          <div className={css.actions}>
            <button className="button" data-look="primary" onClick={() => void copy(state.address)}>
              {state.isCopied ? 'Copy again' : 'Copy link'}
            </button>
            <button className="button" onClick={() => files.saveFile()}>
              Save as a file
            </button>
            <button className="button" onClick={() => view.setState({ dialog: 'export' })}>
              Export…
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}

/** The same design to look at, and inside another page. */
function MoreWays({ address }: { address: string }) {
  const { speech } = useServices();
  const name = useDesign((design) => design.name);
  const [said, setSaid] = useState('');
  const ways = [
    { label: 'Copy read-only link', what: 'The read-only link', text: addressIn('view', address) },
    { label: 'Copy embed code', what: 'The code for a page', text: embedSnippet(address, name) },
  ];
  const copy = async ({ what, text }: (typeof ways)[number]) => {
    const done = (await toClipboard(text))
      ? `${what} is copied (${text.length.toLocaleString('en-US')} characters).`
      : `The clipboard is closed to this page: copy it yourself: ${text}`;
    setSaid(done);
    speech.say(done);
  };
  return (
    <div className={css.ways}>
      {ways.map((way) => (
        <button key={way.label} className="button" onClick={() => void copy(way)}>
          {way.label}
        </button>
      ))}
      {said && <small className={css.said}>{said}</small>}
    </div>
  );
}

function LengthWords({ length }: { length: number }) {
  const { words, tone } = judgeLength(length);
  return (
    <span className={css.length} data-tone={tone}>
      It {words} ({length.toLocaleString('en-US')} characters).
    </span>
  );
}

async function share({ design, memory }: ReturnType<typeof useServices>): Promise<State> {
  try {
    const hash = `#${await encodeLink(design.getState().design, {}, VOCABULARY)}`;
    history.replaceState(history.state, '', hash);
    memory.rememberTab({ id: design.getState().documentId, hash });
    const address = location.href;
    return { phase: 'made', address, isCopied: await toClipboard(address) };
  } catch (reason) {
    return {
      phase: 'refused',
      reason: reason instanceof Error ? reason.message : 'The link could not be made.',
    };
  }
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
