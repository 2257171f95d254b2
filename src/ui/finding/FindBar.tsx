/** Find on the canvas: what fits is selected and shown while walking through it. Enter stays there, Esc goes back. */
import { useEffect, useMemo, useState } from 'react';
import { Chooser } from '../app/Chooser.tsx';
import { useDesign, useServices } from '../app/context.ts';
import { boxOf } from '../canvas/flow.ts';
import { boundsOf, noteBox, type Box } from '../canvas/geometry.ts';
import { membersOf, standInsOf } from '../canvas/grouping.ts';
import type { Design } from '../../model/document.ts';
import { findOnCanvas, type Hit } from './find.ts';
import css from './FindBar.module.css';

/** More than this nobody walks through; a further letter is quicker. */
const MOST_SHOWN = 40;

export default function FindBar() {
  const { view, canvas, run } = useServices();
  const design = useDesign((each) => each);
  const [query, setQuery] = useState('');
  const [before] = useState(() => view.getState().selection);
  const found = useMemo(() => findOnCanvas(design, run.live, query), [design, run, query]);
  const shown = found.slice(0, MOST_SHOWN);
  const show = (hit: Hit | undefined) => {
    if (!hit) return;
    view.select(drawnAs(design, hit.id));
    const box = placeOf(design, hit.id);
    if (box) canvas.reveal(box);
  };
  useEffect(() => document.querySelector<HTMLElement>('[data-find] input')?.focus(), []);
  const close = () => view.setState({ isFinding: false });
  const count = found.length > MOST_SHOWN ? `the first ${MOST_SHOWN} of ${found.length}` : `${found.length}`;
  return (
    <div
      className={css.bar}
      role="dialog"
      aria-label="Find on the canvas"
      data-find
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
    >
      <Chooser
        label="Find on the canvas"
        placeholder="orders, timeout 900, saturated, breaker open …"
        query={query}
        options={shown.map((hit) => ({ key: hit.id, content: <Words hit={hit} /> }))}
        none={
          query.trim() === ''
            ? 'Names, kinds, settings and what is wrong now.'
            : 'Nothing on the canvas fits.'
        }
        onQuery={(text) => {
          setQuery(text);
          show(findOnCanvas(design, run.live, text)[0]);
        }}
        onLight={(index) => show(shown[index])}
        onPick={(index) => {
          show(shown[index]);
          close();
          canvas.focus(shown[index].id);
        }}
        onLeave={() => {
          view.select(before);
          close();
          canvas.focus(null);
        }}
      />
      {shown.length > 0 && (
        <p className={css.count} role="status">
          {count} found
        </p>
      )}
    </div>
  );
}

function Words({ hit }: { hit: Hit }) {
  return (
    <span className={css.words}>
      <b>{hit.name}</b> <small>{hit.why}</small>
    </span>
  );
}

/** A frame is not selected; what stands in it is. */
function drawnAs(design: Design, id: string): string[] {
  const group = design.groups.find((each) => each.id === id);
  if (group && !group.collapsed) return membersOf(design, id);
  return [standInsOf(design).get(id) ?? id];
}

function placeOf(design: Design, id: string): Box | null {
  const link = design.links.find((each) => each.id === id);
  const wanted = new Set(link ? [link.from, link.to] : [id, ...membersOf(design, id)]);
  const nodes = design.nodes.filter((node) => wanted.has(node.id)).map((node) => boxOf(node));
  const notes = design.notes.filter((note) => wanted.has(note.id)).map(noteBox);
  return boundsOf([...nodes, ...notes]);
}
