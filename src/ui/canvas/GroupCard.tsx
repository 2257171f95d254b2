/** A collapsed region or zone: one card for all that is in it, with the worst of its live numbers. */
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { Maximize2 } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { useServices, useView } from '../app/context.ts';
import { rename } from '../design/actions.ts';
import { setCollapsed } from '../design/group-actions.ts';
import { BEAT_MS, everyAtMost } from '../run/beat.ts';
import { useRun } from '../run/use-run.ts';
import type { GroupNode } from './flow.ts';
import { paintGroup } from './group-paint.ts';
import { InlineName } from './InlineName.tsx';
import css from './GroupCard.module.css';

export const GroupCard = memo(function GroupCard({ id, data, selected }: NodeProps<GroupNode>) {
  const { group, members } = data;
  const services = useServices();
  const run = useRun();
  const state = useRef<HTMLParagraphElement>(null);
  const ids = members === '' ? [] : members.split(' ');
  const isEdited = useView((view) => view.mode === 'edit');
  const isRenaming = useView((view) => view.renaming === id);
  useEffect(() => {
    const inside = members === '' ? [] : members.split(' ');
    const paint = () =>
      state.current && paintGroup(state.current, inside, services.design.getState().design, run.live);
    paint();
    return everyAtMost(run.live, BEAT_MS, paint);
  }, [run, services, members]);
  return (
    <div className={css.card} data-selected={selected || undefined}>
      <Handle
        type="target"
        position={Position.Left}
        isConnectable={false}
        className={css.handle}
        aria-hidden
      />
      <div className={css.head}>
        {isRenaming ? (
          <InlineName
            label={`Name of the ${group.kind}`}
            value={group.label}
            onDone={(name) => {
              services.view.setState({ renaming: null });
              if (name !== null) rename(services, id, name);
            }}
          />
        ) : (
          <b title={group.label}>{group.label || group.kind}</b>
        )}
        {isEdited && (
          <button
            className={`${css.expand} nodrag nopan`}
            aria-label={`Expand ${group.label || group.kind}`}
            title="Show what is in it"
            onClick={() => setCollapsed(services, id, false)}
          >
            <Maximize2 size={12} aria-hidden />
          </button>
        )}
      </div>
      <small>
        {group.kind}
        {group.place !== undefined && ` in ${group.place}`}, {ids.length} component
        {ids.length === 1 ? '' : 's'}
      </small>
      <p ref={state} className={css.state} />
      <Handle
        type="source"
        position={Position.Right}
        isConnectable={false}
        className={css.handle}
        aria-hidden
      />
    </div>
  );
});
