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
import { lazy, memo, Suspense, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Design, Point } from '../../model/document.ts';
import { useDesign, useServices, useView } from '../app/context.ts';
import { openGroupMenu, openLinkMenu, openNodeMenu, openNoteMenu, openPaneMenu } from '../menu/open.ts';
import { TrafficLayer } from '../traffic/TrafficLayer.tsx';
import { ConnectionLine } from './ConnectionLine.tsx';
import {
  createFlow,
  linkedWith,
  readEdgeChanges,
  readNodeChanges,
  type BoardNode,
  type LinkEdge,
} from './flow.ts';
import { createGeometry, type GeometryStore } from './geometry-store.ts';
import { GRID } from './geometry.ts';
import { GroupCard } from './GroupCard.tsx';
import { LinkLabel } from './LinkLabel.tsx';
import { LinkLine } from './LinkLine.tsx';
import { NodeCard } from './NodeCard.tsx';
import { NoteCard } from './NoteCard.tsx';
import { Regions } from './Regions.tsx';
import { ScreenLayer } from './ScreenLayer.tsx';
import { useCanvasActions } from './use-canvas-actions.ts';
import { useConnecting } from './use-connecting.ts';
import { useMoving, type Moving } from './use-moving.ts';
import { Overview, usePainted } from './use-painted.ts';
import { usePointing } from './use-pointing.ts';
import { useSelecting } from './use-selecting.ts';
import css from './Canvas.module.css';

/** How React Flow is to behave; the same for good. */
const MANNERS = {
  nodeTypes: { card: NodeCard, note: NoteCard, group: GroupCard },
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
  minZoom: 0.1,
  maxZoom: 3,
  nodeDragThreshold: 2,
  elevateNodesOnSelect: false,
  onlyRenderVisibleElements: true,
  proOptions: { hideAttribution: true },
} satisfies ReactFlowProps<BoardNode, LinkEdge>;

/** Each kind of thing on the canvas has a menu of its own. */
const MENUS = { card: openNodeMenu, note: openNoteMenu, group: openGroupMenu };

/** Parts of no first picture. */
const Minimap = lazy(() => import('./Minimap.tsx'));
const DragLayer = lazy(() => import('./DragLayer.tsx'));
const LinkingLayer = lazy(() => import('./LinkingLayer.tsx'));

/** Below this zoom numbers cannot be read and make room for name and state. */
const FAR_BELOW = 0.5;
/** Below this one, as on a phone, names take what room there is. */
const TINY_BELOW = 0.36;

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
  const { isFar, isTiny } = useDistance();
  const [geometry] = useState(createGeometry);
  const { moved, moving } = useMoving(geometry);
  const frame = useRef<HTMLDivElement>(null);
  const all = useElements(design, selection, moved);
  useLayoutEffect(() => geometry.show(all.nodes, design), [geometry, all.nodes, design]);
  const painted = usePainted(design, isFar, all.nodes, all.edges);
  const { isPainted, nodes, edges, presses } = painted;
  const connecting = useConnecting(isPainted);
  const selecting = useSelecting();
  useCanvasActions(frame);
  usePointing(frame, presses);
  return (
    <main
      ref={frame}
      className={css.canvas}
      data-far={isFar ? 'yes' : undefined}
      data-tiny={isTiny || undefined}
      data-keys="canvas"
      aria-label="Canvas"
      tabIndex={-1}
      onPointerDownCapture={selecting.press}
      onDoubleClick={(event) => {
        if (!isEdited || !(event.target as Element).matches('.react-flow__pane')) return;
        const at = { x: event.clientX, y: event.clientY };
        void import('../adding/open.ts').then(({ openQuickAdd }) => openQuickAdd(services, at));
      }}
    >
      <ReactFlow<BoardNode, LinkEdge>
        {...MANNERS}
        {...connecting}
        nodesDraggable={isEdited}
        nodesConnectable={isEdited}
        nodes={nodes}
        edges={edges}
        onNodesChange={(changes) => {
          const read = readNodeChanges(changes);
          moving.moveTo(read.moved);
          selecting.nodes(read.selected);
        }}
        onEdgesChange={(changes) => selecting.edges(readEdgeChanges(changes))}
        onNodeDragStart={(_, { id }) => moving.begin(selecting.grab(id))}
        onNodeDragStop={moving.drop}
        onSelectionStart={selecting.begin}
        onSelectionEnd={selecting.end}
        onNodeClick={(event, node) => {
          // React Flow keeps the others of a selection; a plain click means this one.
          if (!event.shiftKey) services.view.select([node.id]);
        }}
        onNodeDoubleClick={(_, node) => isEdited && services.view.setState({ renaming: node.id })}
        onEdgeMouseEnter={(_, edge) => services.view.setState({ hoveredLink: edge.id })}
        onEdgeMouseLeave={() => services.view.setState({ hoveredLink: null })}
        onNodeContextMenu={(event, { id, type }) => MENUS[type](services, event, id)}
        onPaneClick={(event) => presses.current?.click(event)}
        onPaneContextMenu={(event) => presses.current?.menu(event) || openPaneMenu(services, event)}
        onEdgeContextMenu={(event, edge) => openLinkMenu(services, event, edge.id)}
      >
        <Layers geometry={geometry} moving={moving} />
        <Suspense fallback={null}>
          {isPainted && <Overview {...painted} {...{ geometry, selecting, frame }} />}
        </Suspense>
      </ReactFlow>
    </main>
  );
}

/** How much of a card can be read. */
function useDistance() {
  const isFar = useStore((state) => state.transform[2] < FAR_BELOW);
  const isTiny = useStore((state) => state.transform[2] < TINY_BELOW);
  return { isFar, isTiny };
}

/** The arrays React Flow draws. */
function useElements(design: Design, selection: ReadonlySet<string>, moved: ReadonlyMap<string, Point>) {
  const [flow] = useState(createFlow);
  const shifted = useView((view) => view.shifted);
  const isFocused = useView((view) => view.isFocused);
  const drawnAt = shifted ?? moved;
  const lit = useMemo(
    () => (isFocused && selection.size > 0 ? linkedWith(design, selection) : null),
    [isFocused, design, selection],
  );
  const nodes = useMemo(
    () => flow.nodes(design, selection, drawnAt, lit),
    [flow, design, selection, drawnAt, lit],
  );
  const edges = useMemo(() => flow.edges(design, selection, lit), [flow, design, selection, lit]);
  return { nodes, edges };
}

/** Back to front: grid, frames of regions, (links,) dots, (nodes,) words. */
const Layers = memo(function Layers({ geometry, moving }: { geometry: GeometryStore; moving: Moving }) {
  const isDragging = useView((view) => view.dragged !== null);
  const isLinking = useView((view) => view.linking !== null);
  const isMinimap = useView((view) => view.isMinimap);
  return (
    <>
      <Background variant={BackgroundVariant.Dots} gap={GRID} size={1.6} color="var(--grid)" />
      <ViewportPortal>
        <Regions geometry={geometry} moving={moving} />
      </ViewportPortal>
      <ScreenLayer geometry={geometry} depth="dots">
        <Traffic geometry={geometry} />
      </ScreenLayer>
      <LinkLabel geometry={geometry} />
      <Suspense fallback={null}>
        {isMinimap && <Minimap geometry={geometry} />}
        {isLinking && <LinkingLayer />}
        {isDragging && <DragLayer />}
      </Suspense>
    </>
  );
});

const Traffic = memo(TrafficLayer);
