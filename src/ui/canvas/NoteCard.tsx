/** A note on the canvas: plain text, written in its own place. It must not know what it is about. */
import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { MAX_NOTE } from '../../model/document.ts';
import { useServices, useView } from '../app/context.ts';
import { deleteElements } from '../design/actions.ts';
import type { NoteNode } from './flow.ts';
import { useWriting } from './use-writing.ts';
import css from './NoteCard.module.css';

export const NoteCard = memo(function NoteCard({ id, data, selected }: NodeProps<NoteNode>) {
  const isWriting = useView((view) => view.renaming === id);
  return (
    <div className={css.note} data-selected={selected || undefined}>
      {isWriting ? <Writing id={id} text={data.note.text} /> : <p className={css.text}>{data.note.text}</p>}
    </div>
  );
});

/** Leaving it keeps the text, Esc does not; Enter begins a line, Ctrl Enter ends the writing. */
function Writing({ id, text }: { id: string; text: string }) {
  const services = useServices();
  /** A note left without any text goes. */
  const write = (words: string) => {
    if (words.trim() === '') deleteElements(services, [id]);
    else services.design.edit({ type: 'setNote', id, text: words });
  };
  const { field, finish } = useWriting<HTMLTextAreaElement>((written) => {
    services.view.setState({ renaming: null });
    write(written ?? text);
    services.canvas.focus(id);
  });
  return (
    <textarea
      ref={field}
      className={`${css.text} nodrag nopan nowheel`}
      aria-label="Text of the note"
      placeholder="Write a note"
      defaultValue={text}
      maxLength={MAX_NOTE}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') finish(false);
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) finish(true);
      }}
    />
  );
}
