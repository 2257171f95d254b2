/** A design drawn small, from the design itself: frames, links, and every component by its silhouette. */
import { useId } from 'react';
import type { Design } from '../../model/document.ts';
import { boxOf, specOf } from '../canvas/flow.ts';
import { boundsOf, curvePath, linkCurve } from '../canvas/geometry.ts';
import { framesOf } from '../canvas/grouping.ts';
import css from './Gallery.module.css';

const MARGIN = 30;
/** Silhouettes are drawn on a 20 × 20 grid; on a card of 160 × 90 they fill most of it. */
const ICON = 56;

export function Thumbnail({ design }: { design: Design }) {
  const id = useId();
  const boxes = new Map(design.nodes.map((node) => [node.id, boxOf(node)]));
  const frames = framesOf(design, (each) => boxes.get(each) ?? null);
  const view = boundsOf([...boxes.values(), ...frames.values()], MARGIN);
  if (!view) return null;
  return (
    <svg
      className={css.thumbnail}
      viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
      role="img"
      aria-labelledby={id}
    >
      <title id={id}>{`${design.nodes.length} components, ${design.links.length} links`}</title>
      {[...frames].map(([group, box]) => (
        <rect key={group} className={css.frame} {...box} rx="14" />
      ))}
      {design.links.map((link) => {
        const [from, to] = [boxes.get(link.from), boxes.get(link.to)];
        return from && to && <path key={link.id} className={css.link} d={curvePath(linkCurve(from, to))} />;
      })}
      {design.nodes.map((node) => {
        const box = boxOf(node);
        const x = box.x + (box.width - ICON) / 2;
        const y = box.y + (box.height - ICON) / 2;
        return (
          <g key={node.id}>
            <rect className={css.box} {...box} rx="12" />
            <g className={css.icon} transform={`translate(${x} ${y}) scale(${ICON / 20})`}>
              {specOf(node.kind)?.icon.map((path) => (
                <path key={path} d={path} />
              ))}
            </g>
          </g>
        );
      })}
    </svg>
  );
}
