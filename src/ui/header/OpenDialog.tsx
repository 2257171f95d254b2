/** Open: a file, a link or JSON that is pasted, or one of one's own designs kept in this browser. */
import { useRef, useState } from 'react';
import { Dialog } from '../app/Dialog.tsx';
import { useServices } from '../app/context.ts';
import { readPasted } from '../design/reading.ts';
import { OwnDesigns } from './OwnDesigns.tsx';
import css from './OpenDialog.module.css';

export default function OpenDialog() {
  const { view, files } = useServices();
  const picker = useRef<HTMLInputElement>(null);
  const close = () => view.setState({ dialog: null });
  return (
    <Dialog title="Open" onClose={close}>
      <div className={css.way}>
        <button className="button" data-look="primary" data-focus onClick={() => picker.current?.click()}>
          Choose a file…
        </button>
        <span className={css.note}>
          A design, Mermaid flowchart, compose file or draw.io diagram; or drop one anywhere.
        </span>
        <input
          ref={picker}
          type="file"
          accept=".json,.mmd,.mermaid,.md,.yml,.yaml,.drawio,.xml,.svg,.png"
          className="visually-hidden"
          aria-label="Design file"
          tabIndex={-1}
          onChange={(event) => {
            const file = event.target.files?.[0];
            close();
            if (file) void files.openFile(file);
          }}
        />
      </div>
      <PasteField onRead={close} />
      <OwnDesigns onPick={close} />
    </Dialog>
  );
}

function PasteField({ onRead }: { onRead(): void }) {
  const { files } = useServices();
  const [problem, setProblem] = useState<string | null>(null);
  const open = async (text: string) => {
    const pasted = await readPasted(text);
    if (!pasted)
      return setProblem('This is no link, design, Mermaid flowchart, compose file or draw.io diagram.');
    onRead();
    files.accept(pasted.reading, pasted.kind === 'link' ? 'link' : 'file');
  };
  return (
    <>
      <input
        className={`field ${css.paste}`}
        aria-label="Paste a link, a design or a diagram as text"
        aria-invalid={problem !== null}
        aria-describedby={problem ? 'open-problem' : undefined}
        placeholder="Paste a link, a design or a diagram as text"
        value=""
        onChange={(event) => void open(event.target.value)}
        onPaste={(event) => {
          // A field of one line would take the line breaks out of JSON.
          event.preventDefault();
          void open(event.clipboardData.getData('text/plain'));
        }}
      />
      {problem && (
        <p id="open-problem" className={css.problem} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
