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
  ViewportPortal,
} from '@xyflow/react';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Point } from '../../model/document.ts';
import { useDesign, useServices, useView } from '../app/context.ts';
import { TrafficLayer } from '../traffic/TrafficLayer.tsx';
import { openLinkMenu, openNodeMenu, openPaneMenu } from '../menu/open.ts';
import { ConnectionLine } from './ConnectionLine.tsx';
import { createFlow, readEdgeChanges, readNodeChanges, type CardNode, type LinkEdge } from './flow.ts';
import { createGeometry } from './geometry-store.ts';
import { GRID, SNAP } from './geometry.ts';
import { LinkingLayer } from './LinkingLayer.tsx';
import { LinkLabel } from './LinkLabel.tsx';
import { LinkLine } from './LinkLine.tsx';
import { NodeCard } from './NodeCard.tsx';
import { Regions } from './Regions.tsx';
import { ScreenLayer } from './ScreenLayer.tsx';
import { useCanvasActions } from './use-canvas-actions.ts';
import { useConnecting } from './use-connecting.ts';
import { usePointing } from './use-pointing.ts';
import { useSelecting } from './use-selecting.ts';
import css from './Canvas.module.css';

const NODE_TYPES = { card: NodeCard };
const EDGE_TYPES = { link: LinkLine };
const NOTHING_MOVED: ReadonlyMap<string, Point> = new Map();

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
  const isLinking = useView((view) => view.linking !== null);
  const [moved, setMoved] = useState(NOTHING_MOVED);
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

  const drop = useCallback(() => {
    setMoved((now) => {
      const moves = [...now].map(([id, position]) => ({ id, position }));
      if (moves.length > 0) queueMicrotask(() => services.design.edit({ type: 'moveNodes', moves }));
      return NOTHING_MOVED;
    });
  }, [services]);

  return (
    <main
      ref={frame}
      className={css.canvas}
      data-linking={isLinking || undefined}
      aria-label="Canvas"
      tabIndex={-1}
      onPointerDownCapture={selecting.press}
    >
      <ReactFlow<CardNode, LinkEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={(changes) => {
          const read = readNodeChanges(changes);
          if (read.moved.size > 0) setMoved((before) => new Map([...before, ...read.moved]));
          selecting.nodes(read.selected);
        }}
        onEdgesChange={(changes) => selecting.edges(readEdgeChanges(changes))}
        onNodeDragStop={drop}
        onSelectionDragStop={drop}
        onSelectionStart={selecting.begin}
        onSelectionEnd={selecting.end}
        onNodeDoubleClick={(_, node) => services.view.setState({ renaming: node.id })}
        onEdgeMouseEnter={(_, edge) => services.view.setState({ hoveredLink: edge.id })}
        onEdgeMouseLeave={() => services.view.setState({ hoveredLink: null })}
        onNodeContextMenu={(event, node) => openNodeMenu(services, event, node.id)}
        onEdgeContextMenu={(event, edge) => openLinkMenu(services, event, edge.id)}
        onPaneContextMenu={(event) => openPaneMenu(services, event)}
        {...connecting}
        connectionLineComponent={ConnectionLine}
        connectionRadius={26}
        connectOnClick={false}
        selectionOnDrag
        selectionMode={SelectionMode.Partial}
        panOnDrag={MIDDLE_BUTTON}
        multiSelectionKeyCode="Shift"
        selectionKeyCode={null}
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        snapToGrid
        snapGrid={SNAP_GRID}
        minZoom={0.1}
        maxZoom={3}
        nodeDragThreshold={2}
        elevateNodesOnSelect={false}
        disableKeyboardA11y
        onlyRenderVisibleElements
        fitView
        fitViewOptions={FIT}
        proOptions={NO_ATTRIBUTION}
      >
        <Background variant={BackgroundVariant.Dots} gap={GRID} size={1.6} color="var(--grid)" />
        <ViewportPortal>
          <Regions geometry={geometry} />
        </ViewportPortal>
        <ScreenLayer geometry={geometry} frame={frame}>
          <Traffic geometry={geometry} />
        </ScreenLayer>
        <LinkLabel geometry={geometry} />
        <LinkingLayer />
      </ReactFlow>
    </main>
  );
}

const MIDDLE_BUTTON = [1];
const SNAP_GRID: [number, number] = [SNAP, SNAP];
const FIT = { padding: 0.12, maxZoom: 1 };
const NO_ATTRIBUTION = { hideAttribution: true };

const Traffic = memo(TrafficLayer);
