/** Connections dragged from handle to node, as React Flow reports them. It must not know the rules. */
import type { OnConnectEnd, OnConnectStart } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import { useServices, useView } from '../app/context.ts';
import { beginLinking, cancelLinking, finishLinking, hoverTarget, problemWith } from './linking.ts';

export function useConnecting() {
  const services = useServices();
  const isDragged = useView((view) => view.linking?.by === 'pointer');
  useEffect(() => {
    if (!isDragged) return;
    const onMove = (event: PointerEvent | TouchEvent) => hoverTarget(services, nodeUnder(event));
    window.addEventListener('pointermove', onMove);
    window.addEventListener('touchmove', onMove);
    return () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('touchmove', onMove);
    };
  }, [services, isDragged]);
  return useMemo(() => {
    const onConnectStart: OnConnectStart = (_, { nodeId, handleType }) => {
      if (nodeId) beginLinking(services, nodeId, 'pointer', handleType === 'target');
    };
    // A drop anywhere on a node counts, and one near its handle.
    const onConnectEnd: OnConnectEnd = (event, state) => {
      const target = nodeUnder(event) ?? state.toNode?.id ?? null;
      if (target) finishLinking(services, target);
      else cancelLinking(services);
    };
    const isValidConnection = ({ source, target }: { source: string; target: string }) =>
      problemWith(services.design.getState().design, source, target, false) === null;
    return { onConnectStart, onConnectEnd, isValidConnection };
  }, [services]);
}

function nodeUnder(event: MouseEvent | TouchEvent): string | null {
  const { clientX, clientY } = 'changedTouches' in event ? event.changedTouches[0] : event;
  const node = document
    .elementsFromPoint(clientX, clientY)
    .map((element) => element.closest<HTMLElement>('.react-flow__node'))
    .find((element) => element !== null);
  return node?.dataset.id ?? null;
}
