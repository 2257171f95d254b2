/** The panel about what is selected: one node, one link, several things, or the design itself. */
import { X } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import { Boundary } from '../app/Boundary.tsx';
import { useDesign, useView, useViewStore } from '../app/context.ts';
import css from './Inspector.module.css';

/** None of them is part of the first picture; they come right after it. */
const PANELS = {
  design: () => import('./DesignPanel.tsx'),
  node: () => import('./NodePanel.tsx'),
  link: () => import('./LinkPanel.tsx'),
  many: () => import('./ManyPanel.tsx'),
};
const DesignPanel = lazy(PANELS.design);
const NodePanel = lazy(PANELS.node);
const LinkPanel = lazy(PANELS.link);
const ManyPanel = lazy(PANELS.many);

export function Inspector() {
  const view = useViewStore();
  const isOpen = useView((state) => state.isInspectorOpen);
  const selection = useView((state) => state.selection);
  useEffect(() => {
    for (const load of Object.values(PANELS)) void load().catch(() => {}); // asked for again when it is needed
  }, []);
  return (
    <aside className={css.inspector} aria-label="Inspector" data-open={isOpen || undefined}>
      <button
        className={`button ${css.close}`}
        data-look="icon"
        aria-label="Close inspector"
        onClick={() => view.setState({ isInspectorOpen: false })}
      >
        <X size={16} aria-hidden />
      </button>
      <Boundary part="The inspector" content={[...selection].join()}>
        <Suspense fallback={null}>
          <Panel />
        </Suspense>
      </Boundary>
    </aside>
  );
}

function Panel() {
  const selection = useView((view) => view.selection);
  const design = useDesign((each) => each);
  const nodes = design.nodes.filter((node) => selection.has(node.id));
  const links = design.links.filter((link) => selection.has(link.id));
  if (nodes.length === 1 && links.length === 0) return <NodePanel key={nodes[0].id} node={nodes[0]} />;
  if (nodes.length === 0 && links.length === 1) return <LinkPanel key={links[0].id} link={links[0]} />;
  if (nodes.length + links.length > 1) return <ManyPanel nodes={nodes} links={links} />;
  return <DesignPanel />;
}
