/**
 * Feeds the painter: frames of the run, curves and view of the canvas, colours of the theme, size of the surface.
 * Sends only what changed. It must not know React or how dots are drawn.
 */
import { HOP_LOOKS } from '../../session/protocol.ts';
import type { CanvasGeometry } from '../canvas/geometry.ts';
import type { Run } from '../run/run.ts';
import { readColours, watchTheme } from './colours.ts';
import { curvesOf, isSame } from './curves.ts';
import { LOOKS } from './looks.ts';
import type { Painter } from './painter.ts';

/** Starts feeding; gives the way out. */
export function feedPainter(
  painter: Painter,
  run: Run,
  geometry: CanvasGeometry,
  box: HTMLElement,
): () => void {
  let links: readonly string[] = [];
  let sent = new Float32Array(0);

  const sendColours = () =>
    painter.send({ type: 'colours', colours: readColours(HOP_LOOKS.map((look) => LOOKS[look].colour)) });

  const sendSurface = () => {
    const { clientWidth: width, clientHeight: height } = box;
    painter.send({ type: 'surface', surface: { width, height, ratio: devicePixelRatio || 1 } });
  };

  const sendView = () => {
    painter.send({ type: 'view', view: geometry.viewport() });
    const curves = curvesOf(links, geometry);
    if (isSame(curves, sent)) return;
    sent = curves;
    painter.send({ type: 'curves', curves });
  };

  const adoptLinks = () => {
    const next = run.live.layout?.links ?? [];
    if (next === links) return;
    const rows = Int32Array.from(links, (id) => next.indexOf(id));
    links = next;
    painter.send({ type: 'renumber', rows });
    sendView();
  };

  const view = oncePerPicture(sendView);
  const surface = oncePerPicture(sendSurface);
  const resized = new ResizeObserver(surface.ask);
  resized.observe(box);
  const leave = [
    geometry.subscribe(view.ask),
    watchTheme(sendColours),
    run.onFrame((frame) => {
      if (!frame) return painter.send({ type: 'clear' });
      // Nobody looks: dots of the meantime would only pile up.
      if (document.hidden) return;
      adoptLinks();
      if (frame.layoutVersion !== run.live.layout?.version) return;
      const { simMs, playing, hops } = frame;
      // Handed over, not copied: nobody else reads hops.
      const buffer = hops.buffer as ArrayBuffer;
      painter.send({ type: 'frame', simMs, playing, hops }, buffer.byteLength > 0 ? [buffer] : []);
    }),
    () => resized.disconnect(),
    view.cancel,
    surface.cancel,
  ];
  sendColours();
  sendSurface();
  adoptLinks();
  sendView();
  return () => leave.forEach((out) => out());
}

function oncePerPicture(then: () => void): { ask: () => void; cancel: () => void } {
  let asked = 0;
  return {
    ask: () => {
      asked ||= requestAnimationFrame(() => {
        asked = 0;
        then();
      });
    },
    cancel: () => cancelAnimationFrame(asked),
  };
}
