/**
 * One small live picture: the requests of a running design as dots over its drawing, and what is wrong with a component
 * as a sign on it. Runs only while it is seen. It must not know React or how the design is simulated.
 */
import type { Design } from '../../model/document.ts';
import { HOP_LOOKS, type Frame, type Layout } from '../../session/protocol.ts';
import { worstBadge } from '../canvas/badge.ts';
import { mark } from '../canvas/card-paint.ts';
import { boxOf, specOf } from '../canvas/flow.ts';
import { linkCurve, type Box } from '../canvas/geometry.ts';
import { LiveStore } from '../run/live-store.ts';
import { readColours, watchTheme } from '../traffic/colours.ts';
import { curvesOf } from '../traffic/curves.ts';
import { LOOKS } from '../traffic/looks.ts';
import { Scene } from '../traffic/scene.ts';
import type { LivePictures } from './live-pictures.ts';

export interface PictureParts {
  readonly canvas: HTMLCanvasElement;
  /** Of a component; null where it is not drawn. */
  node(id: string): Element | null;
}

/** `view` is what of the board is shown, as large as fits and in the middle. Gives the way out. */
export function showLive(
  id: string,
  design: Design,
  view: Box,
  { canvas, node }: PictureParts,
  pictures: LivePictures,
): () => void {
  const scene = new Scene(
    (then) => void requestAnimationFrame(then),
    () => performance.now(),
  );
  const live = new LiveStore();
  const colour = () =>
    scene.receive({ type: 'colours', colours: readColours(HOP_LOOKS.map((look) => LOOKS[look].colour)) });
  const fit = () => {
    const { clientWidth: width, clientHeight: height } = canvas;
    const zoom = Math.min(width / view.width, height / view.height);
    const middle = { x: view.x + view.width / 2, y: view.y + view.height / 2 };
    scene.receive({ type: 'surface', surface: { width, height, ratio: devicePixelRatio || 1 } });
    scene.receive({
      type: 'view',
      view: { x: width / 2 - middle.x * zoom, y: height / 2 - middle.y * zoom, zoom },
    });
  };
  const boxes = new Map(design.nodes.map((each) => [each.id, boxOf(each)]));
  const curveOf = (linkId: string) => {
    const link = design.links.find((each) => each.id === linkId);
    const [from, to] = [link && boxes.get(link.from), link && boxes.get(link.to)];
    return from && to ? linkCurve(from, to) : null;
  };
  const receive = (frame: Frame, layout: Layout | null) => {
    if (layout) {
      live.adopt(layout);
      scene.receive({ type: 'clear' });
      scene.receive({ type: 'curves', curves: curvesOf(layout.links, { curve: curveOf }) });
    }
    live.receive(frame);
    scene.receive({ type: 'frame', simMs: frame.simMs, playing: frame.playing, hops: frame.hops });
    for (const { id: nodeId, kind, label } of design.nodes) {
      const spec = specOf(kind);
      const badge = spec && worstBadge(spec, nodeId, label, live);
      const element = node(nodeId) as SVGElement | null;
      if (element) mark(element, 'severity', badge?.severity ?? '');
    }
    mark(canvas, 'requests', String(frame.requests));
  };
  scene.drawOn(canvas, canvas.getContext('2d'));
  colour();
  const leave = [
    watchTheme(colour),
    whileSeen(canvas, () => {
      fit();
      return pictures.show(id, design, receive);
    }),
  ];
  return () => {
    for (const each of leave) each();
    scene.receive({ type: 'clear' });
  };
}

/** `begin` is called when the element comes into view, and what it gave when it goes out of it. Gives the way out. */
function whileSeen(element: Element, begin: () => () => void): () => void {
  let end: (() => void) | null = null;
  let isInView = false;
  const look = () => {
    const isSeen = isInView && !document.hidden;
    if (isSeen) end ??= begin();
    else {
      end?.();
      end = null;
    }
  };
  const seen = new IntersectionObserver((entries) => {
    isInView = entries.at(-1)?.isIntersecting ?? false;
    look();
  });
  seen.observe(element);
  document.addEventListener('visibilitychange', look);
  return () => {
    seen.disconnect();
    document.removeEventListener('visibilitychange', look);
    isInView = false;
    look();
  };
}
