/**
 * A design drawn small, from the design itself: frames, links, and every component by its silhouette; where it is live,
 * with its requests under way on it. It must not know what runs it.
 */
import { useEffect, useId, useMemo, useRef } from 'react';
import type { Design } from '../../model/document.ts';
import { boxOf, specOf } from '../canvas/flow.ts';
import { boundsOf, curvePath, linkCurve } from '../canvas/geometry.ts';
import { framesOf } from '../canvas/grouping.ts';
import { showLive } from './live-picture.ts';
import type { LivePictures } from './live-pictures.ts';
import css from './Gallery.module.css';

const MARGIN = 30;
/** Silhouettes are drawn on a 20 × 20 grid; on a card of 160 × 90 they fill most of it. */
const ICON = 56;
/** Size of the triangle on a component with trouble. */
const SIGN = 46;

interface ThumbnailProps {
  readonly design: Design;
  /** Null where it stands still. */
  readonly pictures: LivePictures | null;
}

export function Thumbnail({ design, pictures }: ThumbnailProps) {
  const { boxes, frames, view } = useMemo(() => placesOf(design), [design]);
  const id = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<SVGSVGElement>(null);
  useEffect(() => {
    if (!pictures || !view || !canvas.current) return;
    const node = (nodeId: string) =>
      drawing.current?.querySelector(`[data-node="${CSS.escape(nodeId)}"]`) ?? null;
    return showLive(id, design, view, { canvas: canvas.current, node }, pictures);
  }, [id, design, view, pictures]);
  if (!view) return null;
  return (
    <span className={css.thumbnail}>
      {pictures && <canvas ref={canvas} className={css.dots} aria-hidden />}
      <svg
        ref={drawing}
        className={css.drawing}
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
            <g key={node.id} className={css.node} data-node={node.id}>
              <rect className={css.box} {...box} rx="12" />
              <g className={css.icon} transform={`translate(${x} ${y}) scale(${ICON / 20})`}>
                {specOf(node.kind)?.icon.map((path) => (
                  <path key={path} d={path} />
                ))}
              </g>
              <path
                className={css.sign}
                transform={`translate(${box.x + box.width - SIGN / 2} ${box.y - SIGN / 2})`}
                d={`M0 ${SIGN}L${SIGN / 2} 0L${SIGN} ${SIGN}Z`}
              />
            </g>
          );
        })}
      </svg>
    </span>
  );
}

function placesOf(design: Design) {
  const boxes = new Map(design.nodes.map((node) => [node.id, boxOf(node)]));
  const frames = framesOf(design, (each) => boxes.get(each) ?? null);
  return { boxes, frames, view: boundsOf([...boxes.values(), ...frames.values()], MARGIN) };
}
