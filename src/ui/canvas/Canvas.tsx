/**
 * The drawing: React Flow fed from the document by `flow.ts`, every change going back as an edit. Live numbers do not
 * pass through here. It must not know how nodes and links look.
 */
import {
  Background,
  BackgroundVariant,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useStore,
  ViewportPortal,
  type ReactFlowProps,
} from '@xyflow/react';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { useDesign, useServices, useView } from '../app/context.ts';
import { openLinkMenu, openNodeMenu, openPaneMenu } from '../menu/open.ts';
import { TrafficLayer } from '../traffic/TrafficLayer.tsx';
import { ConnectionLine } from './ConnectionLine.tsx';
import { createFlow, readEdgeChanges, readNodeChanges, type CardNode, type LinkEdge } from './flow.ts';
import { createGeometry, type GeometryStore } from './geometry-store.ts';
import { GRID, SNAP } from './geometry.ts';
import { LinkingLayer } from './LinkingLayer.tsx';
import { LinkLabel } from './LinkLabel.tsx';
import { LinkLine } from './LinkLine.tsx';
import { NodeCard } from './NodeCard.tsx';
import { Regions } from './Regions.tsx';
import { ScreenLayer } from './ScreenLayer.tsx';
import { useCanvasActions } from './use-canvas-actions.ts';
import { useConnecting } from './use-connecting.ts';
import { useMoving } from './use-moving.ts';
import { usePointing } from './use-pointing.ts';
import { useSelecting } from './use-selecting.ts';
import css from './Canvas.module.css';

/** How React Flow is to behave; the same for good. */
const MANNERS = {
  nodeTypes: { card: NodeCard },
  edgeTypes: { link: LinkLine },
  connectionLineComponent: ConnectionLine,
  connectionRadius: 26,
  connectOnClick: false,
  // Left drag on empty canvas is a box, the middle button and Space pan; touch pans.
  selectionOnDrag: true,
  selectionMode: SelectionMode.Partial,
  panOnDrag: [1],
  multiSelectionKeyCode: 'Shift',
  selectionKeyCode: null,
  deleteKeyCode: null,
  disableKeyboardA11y: true,
  zoomOnDoubleClick: false,
  snapToGrid: true,
  snapGrid: [SNAP, SNAP],
  minZoom: 0.1,
  maxZoom: 3,
  nodeDragThreshold: 2,
  elevateNodesOnSelect: false,
  onlyRenderVisibleElements: true,
  proOptions: { hideAttribution: true },
} satisfies ReactFlowProps<CardNode, LinkEdge>;

/** Below this zoom numbers cannot be read and make room for name and state. */
const FAR_BELOW = 0.5;

export function Canvas() {
  return (
    <ReactFlowProvider>
      <Drawing />
    </ReactFlowProvider>
  );
}

function Drawing() {
  const services = useServices();
  const design = useDesign((each) => each);
  const selection = useView((view) => view.selection);
  const isEdited = useView((view) => view.mode === 'edit');
  const isFar = useStore((state) => state.transform[2] < FAR_BELOW);
  const { moved, move, drop } = useMoving();
  const [flow] = useState(createFlow);
  const [geometry] = useState(createGeometry);
  const frame = useRef<HTMLDivElement>(null);
  const nodes = useMemo(() => flow.nodes(design, selection, moved), [flow, design, selection, moved]);
  const edges = useMemo(() => flow.edges(design, selection), [flow, design, selection]);
  useEffect(() => geometry.show(nodes, design.links), [geometry, nodes, design.links]);
  const connecting = useConnecting();
  const selecting = useSelecting();
  useCanvasActions(frame);
  usePointing(frame);
  return (
    <main
      ref={frame}
      className={css.canvas}
      data-far={isFar ? 'yes' : undefined}
      data-keys="canvas"
      aria-label="Canvas"
      tabIndex={-1}
      onPointerDownCapture={selecting.press}
    >
      <ReactFlow<CardNode, LinkEdge>
        {...MANNERS}
        {...connecting}
        nodesDraggable={isEdited}
        nodesConnectable={isEdited}
        nodes={nodes}
        edges={edges}
        onNodesChange={(changes) => {
          const read = readNodeChanges(changes);
          move(read.moved);
          selecting.nodes(read.selected);
        }}
        onEdgesChange={(changes) => selecting.edges(readEdgeChanges(changes))}
        onNodeDragStop={drop}
        onSelectionDragStop={drop}
        onSelectionStart={selecting.begin}
        onSelectionEnd={selecting.end}
        onNodeClick={(event, node) => {
          // React Flow keeps the others of a selection; a plain click means this one.
          if (!event.shiftKey) services.view.select([node.id]);
        }}
        onNodeDoubleClick={(_, node) => isEdited && services.view.setState({ renaming: node.id })}
        onEdgeMouseEnter={(_, edge) => services.view.setState({ hoveredLink: edge.id })}
        onEdgeMouseLeave={() => services.view.setState({ hoveredLink: null })}
        onNodeContextMenu={(event, node) => openNodeMenu(services, event, node.id)}
        onEdgeContextMenu={(event, edge) => openLinkMenu(services, event, edge.id)}
        onPaneContextMenu={(event) => openPaneMenu(services, event)}
      >
        <Layers geometry={geometry} />
      </ReactFlow>
    </main>
  );
}

/** Back to front: grid, frames of regions, (links,) dots, (nodes,) words. */
const Layers = memo(function Layers({ geometry }: { geometry: GeometryStore }) {
  return (
    <>
      <Background variant={BackgroundVariant.Dots} gap={GRID} size={1.6} color="var(--grid)" />
      <ViewportPortal>
        <Regions geometry={geometry} />
      </ViewportPortal>
      <ScreenLayer geometry={geometry}>
        <Traffic geometry={geometry} />
      </ScreenLayer>
      <LinkLabel geometry={geometry} />
      <LinkingLayer />
    </>
  );
});

const Traffic = memo(TrafficLayer);
