/**
 * The design as an SVG picture of its own: colours and fonts inside, with the live numbers or without, and the design
 * itself in the metadata. It must not know the document it is called from; colours, fonts and widths are handed in.
 */
import type { DesignLink, Point } from '../../model/document.ts';
import type { BreakerState } from '../../session/protocol.ts';
import { boundsOf, curvePath, linkCurve, pointAt, ARROW, type Box } from '../canvas/geometry.ts';
import { boxOf, routeOf } from '../canvas/flow.ts';
import { breakerOf, strandWidth } from '../canvas/link-paint.ts';
import { card } from './svg-card.ts';
import { frames } from './svg-frames.ts';
import { escapeXml, text, type Drawing, type Inks } from './svg-text.ts';

const MARGIN = 40;
const FAILING_FROM = 0.05;
/** Breakers in these states stop nothing and have no mark. */
const LETS_PASS: readonly BreakerState[] = ['closed', 'disabled', 'metricsOnly'];

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

export function drawSvg(drawing: Drawing): Picture {
  const { design, ink, fonts, source } = drawing;
  const boxes = new Map(design.nodes.map((node) => [node.id, boxOf(node)]));
  const regions = frames(design, boxes);
  const notes = design.notes.map(({ position }) => ({ ...position, width: 200, height: 60 }));
  const all = [...boxes.values(), ...regions.map(({ box }) => box), ...notes];
  const view = boundsOf(all, MARGIN) ?? { x: 0, y: 0, width: 400, height: 200 };
  const [width, height] = [Math.ceil(view.width), Math.ceil(view.height)];
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${Math.floor(view.x)} ${Math.floor(view.y)} ${width} ${height}">`,
    `<title>${escapeXml(design.name)}</title>`,
    `<metadata id="loadbearing">${escapeXml(source)}</metadata>`,
    `<style>${fonts}text{font-family:'Inter Variable','Inter',system-ui,sans-serif;white-space:pre}.n{font-family:'JetBrains Mono Variable','JetBrains Mono',ui-monospace,monospace}</style>`,
    `<rect x="${Math.floor(view.x)}" y="${Math.floor(view.y)}" width="${width}" height="${height}" fill="${ink('canvas')}"/>`,
    ...regions.map(
      ({ box, label, isZone }) =>
        `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="14" fill="none" stroke="${ink('line-strong')}" stroke-dasharray="${isZone ? '3 4' : '7 5'}"/>` +
        text(drawing, label, {
          x: box.x + 12,
          y: box.y + 16,
          size: 11,
          weight: 560,
          ink: 'ink-2',
          width: box.width - 24,
        }),
    ),
    ...design.links.map((link) => line(drawing, link, boxes)),
    ...design.nodes.map((node) => card(drawing, node)),
    ...design.notes.flatMap(({ text: words, position }) =>
      words.split('\n').map((row, at) =>
        text(drawing, row, {
          x: position.x,
          y: position.y + 14 + 17 * at,
          size: 12,
          weight: 450,
          ink: 'ink-2',
          width: 400,
        }),
      ),
    ),
    '</svg>',
  ];
  return { svg: parts.join('\n'), width, height };
}

/** Two cards stand so far apart. */
const WIDEST_ROUTE = 100;

function line(drawing: Drawing, link: DesignLink, boxes: ReadonlyMap<string, Box>): string {
  const { live, ink } = drawing;
  const [from, to] = [boxes.get(link.from), boxes.get(link.to)];
  if (!from || !to) return '';
  const curve = linkCurve(from, to);
  const isFailing = live !== null && live.link(link.id, 'failedShare') >= FAILING_FROM;
  const colour = ink(isFailing ? 'bad' : 'link');
  const width = live ? strandWidth(live.link(link.id, 'rateRps')) : 1.5;
  const { x, y } = curve.end;
  const breaker = live && breakerOf(live, link.id);
  const route = routeOf(link);
  const wide = Math.min(WIDEST_ROUTE, drawing.measure(route, 11, 500));
  const words = { x: x - wide, y: y - 14, size: 11, weight: 500, ink: 'ink-2', width: WIDEST_ROUTE };
  return [
    `<path d="${curvePath(curve)}" fill="none" stroke="${colour}" stroke-width="${width}"/>`,
    `<path d="M${x - 2} ${y - 4.5}l${ARROW} 4.5-${ARROW} 4.5z" fill="${colour}"/>`,
    route && text(drawing, route, words),
    breaker && !LETS_PASS.includes(breaker) ? switchMark(ink, breaker, pointAt(curve, 0.5)) : '',
    live?.link(link.id, 'cut') === 1 ? cutMark(ink, pointAt(curve, 0.28)) : '',
  ].join('');
}

/** A lever between two poles, raised; half-open, half raised. */
function switchMark(ink: Inks, state: BreakerState, { x, y }: Point): string {
  const colour = ink(state === 'halfOpen' ? 'warn' : 'bad');
  const lever = state === 'halfOpen' ? 'M-4 0l7-4' : 'M-4 0l6-6';
  return `<g transform="translate(${x} ${y})" fill="none" stroke="${colour}" stroke-width="1.8"><circle r="12" fill="${ink('raised')}"/><path d="M-7 0h3M4 0h3${lever}"/></g>`;
}

function cutMark(ink: Inks, { x, y }: Point): string {
  return `<g transform="translate(${x} ${y})" stroke="${ink('bad')}" stroke-width="2"><circle r="9" fill="${ink('raised')}" stroke="none"/><path d="M-6 5l4-10M2 5l4-10"/></g>`;
}
