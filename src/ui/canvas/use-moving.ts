/** Nodes on their way under the pointer: shown at once, written into the document as one edit when they are dropped. */
import { useCallback, useState } from 'react';
import type { Point } from '../../model/document.ts';
import { useDesignStore } from '../app/context.ts';

type Positions = ReadonlyMap<string, Point>;

const NOTHING: Positions = new Map();

export function useMoving(): { moved: Positions; move(positions: Positions): void; drop(): void } {
  const design = useDesignStore();
  const [moved, setMoved] = useState(NOTHING);
  const move = useCallback((positions: Positions) => {
    if (positions.size > 0) setMoved((before) => new Map([...before, ...positions]));
  }, []);
  const drop = useCallback(() => {
    if (moved.size === 0) return;
    design.edit({ type: 'moveNodes', moves: [...moved].map(([id, position]) => ({ id, position })) });
    setMoved(NOTHING);
  }, [design, moved]);
  return { moved, move, drop };
}
