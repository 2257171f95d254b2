/** Several things selected: what they have in common can be changed for all of them at once. */
import { LINK_PARAMS } from '../../kinds/link.ts';
import type { DesignLink, DesignNode } from '../../model/document.ts';
import type { Param, ParamTable } from '../../model/params.ts';
import { useServices } from '../app/context.ts';
import { specOf } from '../canvas/flow.ts';
import { deleteElements, duplicateElements } from '../design/actions.ts';
import { ParamForm } from './ParamForm.tsx';
import { PresetChoice } from './PresetChoice.tsx';
import { RegionChoice } from './RegionChoice.tsx';
import css from './Inspector.module.css';

interface ManyPanelProps {
  readonly nodes: readonly DesignNode[];
  readonly links: readonly DesignLink[];
}

export default function ManyPanel({ nodes, links }: ManyPanelProps) {
  const services = useServices();
  const targets = nodes.length > 0 ? nodes : links;
  const table = nodes.length > 0 ? commonTable(nodes) : LINK_PARAMS;
  const [kind, ...otherKinds] = new Set(nodes.map((node) => node.kind));
  const presets = (otherKinds.length === 0 && specOf(kind ?? '')?.presets) || null;
  const ids = [...nodes, ...links].map((each) => each.id);
  return (
    <>
      <h2 className={css.title}>{title(nodes.length, links.length)}</h2>
      <p className={css.sub}>
        {Object.keys(table).length === 0
          ? 'These have no setting in common.'
          : `A change here goes to all ${targets.length}${nodes.length > 0 && links.length > 0 ? ' components' : ''}.`}
      </p>
      <div className={css.buttons}>
        {nodes.length > 0 && (
          <button className="button" onClick={() => duplicateElements(services, ids)}>
            Duplicate
          </button>
        )}
        <button className="button" data-look="danger" onClick={() => deleteElements(services, ids)}>
          Delete
        </button>
      </div>
      {nodes.length > 0 && <RegionChoice nodes={nodes} />}
      {presets && <PresetChoice presets={presets} table={table} targets={nodes} />}
      <ParamForm key={ids.join(' ')} table={table} targets={targets} />
    </>
  );
}

function title(nodes: number, links: number): string {
  const words = [];
  if (nodes > 0) words.push(`${nodes} component${nodes === 1 ? '' : 's'}`);
  if (links > 0) words.push(`${links} link${links === 1 ? '' : 's'}`);
  return words.join(', ');
}

/** Parameters that mean the same for every one of the nodes. */
function commonTable(nodes: readonly DesignNode[]): ParamTable {
  const [first, ...others] = [...new Set(nodes.map((node) => node.kind))].map(
    (kind) => specOf(kind)?.params ?? {},
  );
  const isShared = (name: string, param: Param) =>
    others.every((table) => {
      const other = Object.hasOwn(table, name) ? table[name] : undefined;
      return other === param || (other?.type === param.type && other.label === param.label);
    });
  return Object.fromEntries(Object.entries(first ?? {}).filter(([name, param]) => isShared(name, param)));
}
