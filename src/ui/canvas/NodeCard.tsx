/** A component on the canvas. Its live numbers are written into it by `card-paint`, never rendered by React. */
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { memo, useEffect, useRef } from 'react';
import { withDefaults } from '../../model/params.ts';
import { useView } from '../app/context.ts';
import { BEAT_MS, everyAtMost } from '../run/beat.ts';
import { useRun } from '../run/use-run.ts';
import { paintCard, type CardParts } from './card-paint.ts';
import { specOf, type CardNode } from './flow.ts';
import { KindIcon } from './KindIcon.tsx';
import { NodeName } from './NodeName.tsx';
import marks from './CardMarks.module.css';
import css from './NodeCard.module.css';

export const NodeCard = memo(function NodeCard({ id, data, selected }: NodeProps<CardNode>) {
  const { node } = data;
  const spec = specOf(node.kind);
  const run = useRun();
  const card = useRef<HTMLDivElement>(null);
  const target = useView((view) => (view.linking ? (view.linking.verdicts.get(id) ?? '') : ''));
  const isChosen = useView((view) => view.linking?.target === id);
  useEffect(() => {
    const parts = card.current && partsOf(card.current);
    if (!parts || !spec) return;
    const paint = () => paintCard(parts, spec, id, node.label, run.live);
    paint();
    return everyAtMost(run.live, BEAT_MS, paint);
  }, [run, spec, id, node.label]);
  if (!spec) return <div className={css.card}>Unknown kind</div>;
  const gauge = spec.gauges[0];
  return (
    <div
      ref={card}
      className={css.card}
      data-selected={selected || undefined}
      data-target={target || undefined}
      data-chosen={isChosen || undefined}
    >
      <Handle type="target" position={Position.Left} className={css.handle} aria-hidden tabIndex={-1} />
      <span className={marks.badge} data-part="badge" />
      <span className={marks.queue} data-part="queue" />
      <div className={css.head}>
        <KindIcon spec={spec} size={22} />
        <div className={css.names}>
          <NodeName id={id} label={node.label} />
          <small>{spec.subtitle(withDefaults(spec.params, node.params))}</small>
        </div>
      </div>
      <dl className={css.numbers}>
        <div>
          <dd data-part="rate" />
          <dt>rps</dt>
        </div>
        <div>
          <dd data-part="p95" />
          <dt>p95</dt>
        </div>
        {gauge && (
          <div>
            <dd data-part="gauge" />
            <dt>{gauge.label}</dt>
          </div>
        )}
      </dl>
      {spec.unitNoun && <div className={marks.pips} data-part="pips" />}
      <div className={marks.load}>
        <i data-part="load" />
      </div>
      <Handle type="source" position={Position.Right} className={css.handle} aria-hidden tabIndex={-1} />
    </div>
  );
});

function partsOf(card: HTMLElement): CardParts | null {
  const part = (name: string) => card.querySelector<HTMLElement>(`[data-part="${name}"]`);
  const [rate, p95, queue, load, badge] = ['rate', 'p95', 'queue', 'load', 'badge'].map(part);
  if (!rate || !p95 || !queue || !load || !badge) return null;
  return { card, rate, p95, queue, load, badge, gauge: part('gauge'), pips: part('pips') };
}
