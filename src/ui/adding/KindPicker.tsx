/** A few letters choose a kind: a field and the kinds it fits, at a point of the window. It must not know what for. */
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { SPECS } from '../../kinds/specs.ts';
import { Chooser } from '../app/Chooser.tsx';
import { useServices, useView } from '../app/context.ts';
import type { KindRequest } from '../app/view.ts';
import { KindIcon } from '../canvas/KindIcon.tsx';
import { findKinds, type FoundKind } from './search.ts';
import css from './KindPicker.module.css';

export default function KindPicker() {
  const request = useView((view) => view.picking);
  return request && <Picker key={`${request.title} ${request.at.x} ${request.at.y}`} request={request} />;
}

function Picker({ request }: { request: KindRequest }) {
  const { view, canvas } = useServices();
  const [query, setQuery] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const found = useMemo(() => {
    const specs = request.choices.flatMap(({ kind }) => SPECS[kind] ?? []);
    return findKinds(specs, query);
  }, [request, query]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    // Beside the point asked for, whole on the screen.
    const { at } = request;
    const left = Math.max(8, Math.min(at.x, window.innerWidth - element.offsetWidth - 8));
    const top = Math.max(8, Math.min(at.y, window.innerHeight - element.offsetHeight - 8));
    element.style.translate = `${Math.round(left)}px ${Math.round(top)}px`;
    element.querySelector('input')?.focus({ preventScroll: true });
  }, [request]);
  const close = () => view.setState({ picking: null });
  return (
    <div
      ref={box}
      className={css.picker}
      role="dialog"
      aria-label={request.title}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
    >
      <p className={css.title} aria-hidden>
        {request.title}
      </p>
      <Chooser
        label={request.title}
        placeholder="redis, nginx, service …"
        query={query}
        options={found.map((choice) => ({
          key: choice.spec.kind,
          content: <Words choice={choice} note={noteOf(request, choice)} />,
        }))}
        none={`Nothing here is called “${query.trim()}”.`}
        onQuery={setQuery}
        onPick={(index) => {
          close();
          request.pick(found[index].spec.kind);
        }}
        onLeave={() => {
          close();
          canvas.focus(request.origin ?? null);
        }}
      />
    </div>
  );
}

function noteOf(request: KindRequest, { spec }: FoundKind): string {
  return request.choices.find(({ kind }) => kind === spec.kind)?.note ?? spec.summary;
}

function Words({ choice: { spec, alias }, note }: { choice: FoundKind; note: string }) {
  return (
    <>
      <KindIcon spec={spec} size={18} />
      <span className={css.words}>
        <b>{spec.label}</b> {alias && <i>{alias}</i>} <small>{note}</small>
      </span>
    </>
  );
}
