/**
 * Nodes on their way under the pointer: shown at once, written into the document as one edit when they are dropped. Esc
 * puts them back. It must not know what a drop does besides moving.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Point } from '../../model/document.ts';
import { useServices } from '../app/context.ts';
import type { Drag, DragKeys } from './dragging.ts';
import type { GeometryStore } from './geometry-store.ts';

type Positions = ReadonlyMap<string, Point>;

const NOTHING: Positions = new Map();

/** Part of no first picture; it comes right after it. */
const tools = () => import('./dragging.ts');

export interface Moving {
  begin(ids: readonly string[]): void;
  /** Where React Flow has them: all went the same way. */
  moveTo(positions: Positions): void;
  moveBy(delta: Point): void;
  drop(): void;
}

interface Session {
  readonly origins: Positions;
  drag: Drag | null;
  delta: Point;
  keys: DragKeys;
  end(): void;
}

const NO_KEYS: DragKeys = { altKey: false, ctrlKey: false, metaKey: false };

/** `moved` is where nodes are drawn instead of where the document has them. */
export function useMoving(geometry: GeometryStore): { moved: Positions; moving: Moving } {
  const services = useServices();
  const [moved, setMoved] = useState(NOTHING);
  const session = useRef<Session | null>(null);
  useEffect(() => void tools(), []);
  const redraw = useCallback(() => {
    const { drag, delta, keys } = session.current ?? {};
    if (drag && delta && keys) setMoved(drag.move(delta, keys));
  }, []);
  const stop = useCallback(() => {
    session.current?.end();
    session.current = null;
    setMoved(NOTHING);
  }, []);
  const moving = useMemo<Moving>(
    () => ({
      begin(ids) {
        stop();
        const origins = new Map(ids.flatMap((id) => [[id, geometry.box(id) ?? { x: 0, y: 0 }] as const]));
        const now: Session = { origins, drag: null, delta: { x: 0, y: 0 }, keys: NO_KEYS, end: () => {} };
        now.end = followKeys(
          (keys) => {
            now.keys = keys;
            redraw();
          },
          () => {
            services.view.setState({ dragged: null });
            services.speech.say('Put back.');
            stop();
          },
        );
        session.current = now;
        void tools().then(({ beginDrag }) => {
          const board = { boxes: geometry.boxes, zoom: geometry.viewport().zoom };
          if (session.current === now) now.drag = beginDrag(services, board, ids);
          redraw();
        });
      },
      moveTo(positions) {
        const now = session.current;
        const [id, at] = [...positions].find(([each]) => now?.origins.has(each)) ?? [];
        const origin = id === undefined ? undefined : now?.origins.get(id);
        if (!now || !at || !origin) return;
        now.delta = { x: at.x - origin.x, y: at.y - origin.y };
        redraw();
      },
      moveBy(delta) {
        if (session.current) session.current.delta = delta;
        redraw();
      },
      drop() {
        session.current?.drag?.drop();
        stop();
      },
    }),
    [services, geometry, redraw, stop],
  );
  return { moved, moving };
}

/** Modifiers as they are pressed and released, also while the pointer rests; Esc. Returns the way out. */
function followKeys(onKeys: (keys: DragKeys) => void, onEscape: () => void): () => void {
  const stop = new AbortController();
  const read = (event: KeyboardEvent | PointerEvent) => {
    if (event.type === 'keydown' && (event as KeyboardEvent).key === 'Escape') {
      event.stopPropagation();
      return onEscape();
    }
    const { altKey, ctrlKey, metaKey } = event;
    onKeys({ altKey, ctrlKey, metaKey });
  };
  for (const name of ['pointermove', 'keydown', 'keyup'] as const) {
    window.addEventListener(name, read, { capture: true, signal: stop.signal });
  }
  return () => stop.abort();
}
