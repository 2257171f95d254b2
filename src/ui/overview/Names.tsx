/**
 * Painted components and links for those who do not see them or use no mouse: each has a name, a place in the order of
 * Tab, and is selected by reaching it, as the elements of the board are. It must not know how they are painted.
 */
import { memo, useEffect, useRef } from 'react';
import { useDesign, useServices } from '../app/context.ts';
import { describe, attribute } from '../canvas/card-paint.ts';
import { describeNode, specOf } from '../canvas/flow.ts';
import type { GeometryStore } from '../canvas/geometry-store.ts';
import { boundsOf } from '../canvas/geometry.ts';
import { standInsOf } from '../canvas/grouping.ts';
import { linkLook, linkState } from '../canvas/link-paint.ts';
import { everyAtMost } from '../run/beat.ts';
import css from './Overview.module.css';

/** Names are read out, not watched. */
const RENAMED_MS = 1_000;

export function Names({ geometry }: { geometry: GeometryStore }) {
  const services = useServices();
  const design = useDesign((each) => each);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { live } = services.run;
    const write = () => {
      for (const element of list.current?.children ?? []) {
        const { id = '', kind, label = '' } = (element as HTMLElement).dataset;
        const spec = kind === undefined ? null : specOf(kind);
        if (spec) attribute(element, 'aria-label', describe(spec, id, label, live));
        else if (kind === undefined) attribute(element, 'aria-description', linkState(linkLook(live, id)));
      }
    };
    write();
    return everyAtMost(live, RENAMED_MS, write);
  }, [services, design]);
  const labels = new Map(design.nodes.map(({ id, label }) => [id, label]));
  const hidden = standInsOf(design);
  const reveal = (ids: readonly string[]) => {
    const bounds = boundsOf(ids.map((id) => geometry.box(id)).filter((box) => box !== null));
    if (bounds) services.canvas.reveal(bounds);
  };
  return (
    <div
      ref={list}
      className={css.names}
      onFocus={({ target }) => reveal((target.dataset.at ?? '').split(' '))}
    >
      {design.links.map(({ id, from, to }) => (
        <Name
          key={id}
          id={id}
          at={`${from} ${to}`}
          words={`Link from ${labels.get(from)} to ${labels.get(to)}`}
        />
      ))}
      {design.nodes
        .filter(({ id }) => !hidden.has(id))
        .map((node) => (
          <Name
            key={node.id}
            id={node.id}
            at={node.id}
            kind={node.kind}
            label={node.label}
            words={describeNode(node)}
          />
        ))}
    </div>
  );
}

interface NameProps {
  readonly id: string;
  /** The components it stands at. */
  readonly at: string;
  readonly words: string;
  readonly kind?: string;
  readonly label?: string;
}

const Name = memo(function Name({ id, at, words, kind, label }: NameProps) {
  return (
    <div
      role="group"
      tabIndex={0}
      data-id={id}
      data-at={at}
      data-kind={kind}
      data-label={label}
      aria-roledescription={kind === undefined ? 'edge' : 'node'}
      aria-label={words}
    />
  );
});
