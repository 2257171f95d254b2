/** Connections dragged from handle to node, as React Flow reports them. It must not know the rules. */
import type { OnConnectEnd, OnConnectStart } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import type { Point } from '../../model/document.ts';
import { useServices, useView, type Services } from '../app/context.ts';
import type { GeometryStore } from './geometry-store.ts';
import { beginLinking, finishLinking, hoverTarget, problemWith } from './linking.ts';
import { nodeUnder } from './under-point.ts';

export function useConnecting(geometry: Pick<GeometryStore, 'boxes'>) {
  const services = useServices();
  const isDragged = useView((view) => view.linking?.by === 'pointer');
  useEffect(() => {
    if (!isDragged) return;
    const onMove = (event: PointerEvent | TouchEvent) =>
      hoverTarget(services, targetOf(event, services, geometry));
    window.addEventListener('pointermove', onMove);
    window.addEventListener('touchmove', onMove);
    return () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('touchmove', onMove);
    };
  }, [services, geometry, isDragged]);
  return useMemo(() => {
    const onConnectStart: OnConnectStart = (_, { nodeId, handleType }) => {
      if (nodeId) beginLinking(services, nodeId, 'pointer', handleType === 'target');
    };
    // A drop anywhere on a node counts, and one near its handle.
    const onConnectEnd: OnConnectEnd = (event, state) => {
      const target = targetOf(event, services, geometry) ?? state.toNode?.id ?? null;
      const { linking } = services.view.getState();
      if (target || !linking) return finishLinking(services, target);
      services.view.setState({ linking: null });
      const at = pointOf(event);
      const start = state.from && services.canvas.clientAt(state.from);
      // A short pull was only a try.
      if (start && Math.hypot(at.x - start.x, at.y - start.y) < LEAST_PULL) return;
      void import('../adding/open.ts').then(({ openContinuation }) =>
        openContinuation(services, linking.from, linking.isReversed, at),
      );
    };
    const isValidConnection = ({ source, target }: { source: string; target: string }) =>
      problemWith(services.design.getState().design, source, target, false) === null;
    return { onConnectStart, onConnectEnd, isValidConnection };
  }, [services, geometry]);
}

/** In CSS pixels. */
const LEAST_PULL = 40;

function pointOf(event: MouseEvent | TouchEvent): Point {
  const { clientX, clientY } = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: clientX, y: clientY };
}

/** The component there, be it an element or painted; what lies over the canvas hides it. */
function targetOf(
  event: MouseEvent | TouchEvent,
  { canvas, design }: Services,
  geometry: Pick<GeometryStore, 'boxes'>,
): string | null {
  const at = pointOf(event);
  const isOver = document.elementFromPoint(at.x, at.y)?.closest('.react-flow__pane');
  const point = isOver ? canvas.pointAt(at) : null;
  const id = point ? nodeUnder(geometry, point) : null;
  return design.getState().design.nodes.some((node) => node.id === id) ? id : null;
}
