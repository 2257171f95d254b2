/** The field that puts nodes into a region, a new one or none. */
import type { DesignNode } from '../../model/document.ts';
import { useDesign, useServices } from '../app/context.ts';
import { makeGroup, putIntoGroup } from '../design/group-actions.ts';
import css from './Inspector.module.css';

/** The region or zone nodes stand in; "mixed" where they differ. */
export function RegionChoice({ nodes }: { nodes: readonly DesignNode[] }) {
  const services = useServices();
  const groups = useDesign((design) => design.groups);
  const isMixed = nodes.some((node) => node.group !== nodes[0].group);
  return (
    <div className={css.rows}>
      <div>
        <label htmlFor="region-choice">Region</label>
        <select
          id="region-choice"
          className="field"
          value={isMixed ? 'mixed' : (nodes[0].group ?? '')}
          onChange={(event) => {
            const { value } = event.target;
            if (value === 'mixed') return;
            const ids = nodes.map((node) => node.id);
            if (value === ' new') makeGroup(services, ids, 'region');
            else putIntoGroup(services, ids, value || null);
          }}
        >
          {isMixed && <option value="mixed">mixed</option>}
          <option value="">none</option>
          {groups.map((group) => (
            <option key={group.id} value={group.id}>
              {group.label || group.id}
            </option>
          ))}
          <option value=" new">New region</option>
        </select>
      </div>
    </div>
  );
}
