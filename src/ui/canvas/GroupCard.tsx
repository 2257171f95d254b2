/** A collapsed region or zone: one card for all that is in it, with the worst of its live numbers. */
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { Maximize2 } from 'lucide-react';
import { memo, useRef } from 'react';
import { useServices, useView } from '../app/context.ts';
import { rename } from '../design/actions.ts';
import { setCollapsed } from '../design/collapsing.ts';
import type { GroupNode } from './flow.ts';
import { InlineName } from './InlineName.tsx';
import { useGroupPaint } from './use-group-paint.ts';
import css from './GroupCard.module.css';

export const GroupCard = memo(function GroupCard({ id, data, selected }: NodeProps<GroupNode>) {
  const { group, members } = data;
  const services = useServices();
  const state = useRef<HTMLParagraphElement>(null);
  const count = members === '' ? 0 : members.split(' ').length;
  const isEdited = useView((view) => view.mode === 'edit');
  const isRenaming = useView((view) => view.renaming === id);
  useGroupPaint(state, id, 'card');
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
        {group.place !== undefined && ` in ${group.place}`}, {count} component
        {count === 1 ? '' : 's'}
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
