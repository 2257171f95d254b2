/**
 * The board from afar: when there are too many components in view for one element each, they are painted. What is touched
 * becomes an element again. It must not know how anything is painted.
 */
import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useServices } from '../app/context.ts';
import type { GeometryStore } from '../canvas/geometry-store.ts';
import { overlaps } from '../canvas/geometry.ts';
import { ScreenLayer } from '../canvas/ScreenLayer.tsx';
import type { Selecting } from '../canvas/use-selecting.ts';
import { paintBoard } from './board.ts';
import { Names } from './Names.tsx';
import { useGrowing, type Growing } from './use-growing.ts';
import { useTouching, type Touching } from './use-touching.ts';
import css from './Overview.module.css';

export default function Overview({ growing, ...touching }: Touching & { readonly growing: Growing }) {
  const { geometry, selecting, frame } = touching;
  const services = useServices();
  const links = useRef<HTMLCanvasElement>(null);
  const cards = useRef<HTMLCanvasElement>(null);
  useEffect(
    () => paintBoard({ links: links.current!, cards: cards.current! }, geometry, services),
    [geometry, services],
  );
  useTouching(touching);
  useBox(geometry, selecting);
  useGrowing(geometry, frame, growing);
  return (
    <>
      <ScreenLayer geometry={geometry} depth="links">
        <canvas ref={links} className={css.sheet} aria-hidden />
      </ScreenLayer>
      <ScreenLayer geometry={geometry} depth="cards">
        <canvas ref={cards} className={css.sheet} aria-hidden />
      </ScreenLayer>
      <Names geometry={geometry} />
    </>
  );
}

/** React Flow draws the box of a selection, but knows only what is an element. */
function useBox(geometry: GeometryStore, selecting: Pick<Selecting, 'box'>): void {
  const flow = useStoreApi();
  useEffect(
    () =>
      flow.subscribe(({ userSelectionRect, userSelectionActive }, before) => {
        if (!userSelectionRect || !userSelectionActive || userSelectionRect === before.userSelectionRect)
          return;
        const { x, y, zoom } = geometry.viewport();
        const box = {
          x: (userSelectionRect.x - x) / zoom,
          y: (userSelectionRect.y - y) / zoom,
          width: userSelectionRect.width / zoom,
          height: userSelectionRect.height / zoom,
        };
        selecting.box([...geometry.boxes()].filter(([, each]) => overlaps(each, box)).map(([id]) => id));
      }),
    [flow, geometry, selecting],
  );
}
