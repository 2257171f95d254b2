/** The line while a connection is dragged: the curve the link will have. */
import { Position, type ConnectionLineComponentProps } from '@xyflow/react';
import type { BoardNode } from './flow.ts';
import { ARROW, curveBetween, curvePath } from './geometry.ts';
import css from './ConnectionLine.module.css';

export function ConnectionLine({
  fromX,
  fromY,
  toX,
  toY,
  fromPosition,
}: ConnectionLineComponentProps<BoardNode>) {
  const [here, there] = [
    { x: fromX, y: fromY },
    { x: toX + (fromPosition === Position.Left ? 0 : ARROW), y: toY },
  ];
  const curve = fromPosition === Position.Left ? curveBetween(there, here) : curveBetween(here, there);
  return <path className={css.line} d={curvePath(curve)} />;
}
