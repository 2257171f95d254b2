/** Connections dragged from handle to node, as React Flow reports them. It must not know the rules. */
import type { OnConnectEnd, OnConnectStart } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import type { Point } from '../../model/document.ts';
import { useServices, useView } from '../app/context.ts';
import { beginLinking, finishLinking, hoverTarget, problemWith } from './linking.ts';

export function useConnecting(isPainted: boolean) {
  const services = useServices();
  const isDragged = useView((view) => view.linking?.by === 'pointer');
  useEffect(() => {
    // What is painted is hovered over by its place.
    if (!isDragged || isPainted) return;
    const onMove = (event: PointerEvent | TouchEvent) => hoverTarget(services, nodeUnder(event));
    window.addEventListener('pointermove', onMove);
    window.addEventListener('touchmove', onMove);
    return () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('touchmove', onMove);
    };
  }, [services, isPainted, isDragged]);
  return useMemo(() => {
    const onConnectStart: OnConnectStart = (_, { nodeId, handleType }) => {
      if (nodeId) beginLinking(services, nodeId, 'pointer', handleType === 'target');
    };
    // A drop anywhere on a node counts, and one near its handle.
    const onConnectEnd: OnConnectEnd = (event, state) => {
      const { linking } = services.view.getState();
      const target = nodeUnder(event) ?? state.toNode?.id ?? (isPainted ? linking?.target : null) ?? null;
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
  }, [services, isPainted]);
}

/** In CSS pixels. */
const LEAST_PULL = 40;

function pointOf(event: MouseEvent | TouchEvent): Point {
  const { clientX, clientY } = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: clientX, y: clientY };
}

function nodeUnder(event: MouseEvent | TouchEvent): string | null {
  const { x, y } = pointOf(event);
  const node = document
    .elementsFromPoint(x, y)
    .map((element) => element.closest<HTMLElement>('.react-flow__node'))
    .find((element) => element !== null);
  return node?.dataset.id ?? null;
}
