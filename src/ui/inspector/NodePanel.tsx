/** Everything about one node: what goes on, its settings, and what it is. */
import { useState } from 'react';
import { KINDS } from '../../kinds/catalog.ts';
import type { DesignNode } from '../../model/document.ts';
import { useServices } from '../app/context.ts';
import { specOf } from '../canvas/flow.ts';
import { InlineName } from '../canvas/InlineName.tsx';
import { KindIcon } from '../canvas/KindIcon.tsx';
import { rename } from '../design/actions.ts';
import { About } from './About.tsx';
import { NodeLive } from './NodeLive.tsx';
import { PanelTabs } from './PanelTabs.tsx';
import { ParamForm } from './ParamForm.tsx';
import { PresetChoice } from './PresetChoice.tsx';
import { RegionChoice } from './RegionChoice.tsx';
import css from './Inspector.module.css';

export default function NodePanel({ node }: { node: DesignNode }) {
  const spec = specOf(node.kind);
  if (!spec) return <p className={css.note}>This version does not know the kind “{node.kind}”.</p>;
  return (
    <>
      <h2 className={css.title}>
        <KindIcon spec={spec} size={20} />
        <Name node={node} />
      </h2>
      <p className={css.sub}>
        {spec.label}. {spec.summary}.
      </p>
      <PanelTabs
        name="node"
        tabs={[
          { id: 'live', label: 'Live', content: <NodeLive node={node} spec={spec} /> },
          {
            id: 'settings',
            label: 'Settings',
            content: (
              <>
                <RegionChoice nodes={[node]} />
                {spec.presets && <PresetChoice presets={spec.presets} table={spec.params} targets={[node]} />}
                <ParamForm table={spec.params} targets={[node]} />
              </>
            ),
          },
          {
            id: 'about',
            label: 'About',
            content: <About guide={KINDS[node.kind].guide} gauges={spec.gauges} />,
          },
        ]}
      />
    </>
  );
}

function Name({ node }: { node: DesignNode }) {
  const services = useServices();
  const [isRenaming, setIsRenaming] = useState(false);
  if (!isRenaming) {
    return (
      <button title="Rename" onClick={() => setIsRenaming(true)}>
        {node.label}
      </button>
    );
  }
  return (
    <InlineName
      label="Name"
      value={node.label}
      onDone={(name) => {
        setIsRenaming(false);
        if (name !== null) rename(services, node.id, name);
      }}
    />
  );
}
