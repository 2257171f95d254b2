/**
 * The whole drawing, small: every component as a mark in the colour of its state, and what is in view as a frame. A
 * click or a drag goes there. Drawn imperatively; it must not know how components look at full size.
 */
import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Point } from '../../model/document.ts';
import { useServices } from '../app/context.ts';
import { BEAT_MS, everyAtMost } from '../run/beat.ts';
import { worstBadge } from './badge.ts';
import { specOf } from './flow.ts';
import type { GeometryStore } from './geometry-store.ts';
import { boundsOf, type Box } from './geometry.ts';
import css from './Minimap.module.css';

const WIDTH = 200;
const HEIGHT = 130;
const EDGE = 8;
/** A component at any scale is at least this large, in CSS pixels. */
const LEAST_MARK = 3;

export default function Minimap({ geometry }: { geometry: GeometryStore }) {
  const services = useServices();
  const flow = useStoreApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    let asked = 0;
    const sizes = () => ({ width: flow.getState().width, height: flow.getState().height });
    const paint = () => {
      asked = 0;
      paintMap(context, services, geometry, sizes());
    };
    const ask = () => {
      asked ||= requestAnimationFrame(paint);
    };
    const leave = [
      geometry.subscribe(ask),
      services.view.subscribe(ask),
      everyAtMost(services.run.live, BEAT_MS, ask),
      goOnPress(element, geometry, sizes, (by) => void flow.getState().panBy(by)),
    ];
    ask();
    return () => {
      for (const each of leave) each();
      cancelAnimationFrame(asked);
    };
  }, [services, geometry, flow]);
  return (
    <div
      className={`${css.minimap} nopan nowheel`}
      role="img"
      aria-label="Minimap: the whole design; the frame is what is in view"
    >
      <canvas ref={canvas} width={WIDTH * 2} height={HEIGHT * 2} />
    </div>
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Map = (canvas − origin) × scale, in CSS pixels of the map. */
interface Scale extends Point {
  readonly scale: number;
}

function viewBox(geometry: GeometryStore, { width, height }: Size): Box {
  const { x, y, zoom } = geometry.viewport();
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
}

function scaleOf(geometry: GeometryStore, size: Size): Scale {
  const all = boundsOf([...geometry.boxes().values(), viewBox(geometry, size)]);
  if (!all) return { x: 0, y: 0, scale: 1 };
  const scale = Math.min((WIDTH - 2 * EDGE) / all.width, (HEIGHT - 2 * EDGE) / all.height);
  return {
    x: all.x + all.width / 2 - WIDTH / 2 / scale,
    y: all.y + all.height / 2 - HEIGHT / 2 / scale,
    scale,
  };
}

function paintMap(
  context: CanvasRenderingContext2D,
  { design, view, run }: ReturnType<typeof useServices>,
  geometry: GeometryStore,
  size: Size,
): void {
  const { x, y, scale } = scaleOf(geometry, size);
  const token = tokensOf(context.canvas);
  const kinds = new Map(design.getState().design.nodes.map((node) => [node.id, node]));
  const { selection } = view.getState();
  context.setTransform(2, 0, 0, 2, 0, 0);
  context.clearRect(0, 0, WIDTH, HEIGHT);
  for (const [id, box] of geometry.boxes()) {
    const node = kinds.get(id);
    const spec = node && specOf(node.kind);
    const badge = spec && worstBadge(spec, id, node.label, run.live);
    const [left, top] = [(box.x - x) * scale, (box.y - y) * scale];
    const width = Math.max(LEAST_MARK, box.width * scale);
    const height = Math.max(LEAST_MARK, box.height * scale);
    context.fillStyle = token(
      selection.has(id) ? '--brand' : badge ? `--${badge.severity}` : '--line-strong',
    );
    context.fillRect(left, top, width, height);
    // Red and amber alone would not be seen by everybody: trouble also has a bar through it.
    if (badge?.severity === 'bad') {
      context.fillStyle = token('--raised');
      context.fillRect(left, top + height / 2 - 0.5, width, 1);
    }
  }
  const seen = viewBox(geometry, size);
  context.strokeStyle = token('--ink-2');
  context.lineWidth = 1;
  context.strokeRect((seen.x - x) * scale, (seen.y - y) * scale, seen.width * scale, seen.height * scale);
}

function tokensOf(element: HTMLElement): (name: string) => string {
  const styles = getComputedStyle(element);
  return (name) => styles.getPropertyValue(name);
}

/** The middle of the view goes where it is pressed, and follows. */
function goOnPress(
  element: HTMLElement,
  geometry: GeometryStore,
  sizes: () => Size,
  panBy: (delta: Point) => void,
): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let scale: Scale | null = null;
  const go = (event: PointerEvent) => {
    if (!scale) return;
    const { left, top } = element.getBoundingClientRect();
    const at = {
      x: scale.x + (event.clientX - left) / scale.scale,
      y: scale.y + (event.clientY - top) / scale.scale,
    };
    const { zoom } = geometry.viewport();
    const { x, y, width, height } = viewBox(geometry, sizes());
    panBy({ x: (x + width / 2 - at.x) * zoom, y: (y + height / 2 - at.y) * zoom });
  };
  element.addEventListener(
    'pointerdown',
    (event) => {
      event.stopPropagation();
      element.setPointerCapture(event.pointerId);
      // Held still while the pointer is down: the map would run away from under it.
      scale = scaleOf(geometry, sizes());
      go(event);
    },
    { signal },
  );
  element.addEventListener('pointermove', go, { signal });
  element.addEventListener('pointerup', () => (scale = null), { signal });
  element.addEventListener('pointercancel', () => (scale = null), { signal });
  return () => stop.abort();
}
