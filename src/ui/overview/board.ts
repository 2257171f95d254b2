/**
 * Keeps the two canvases of the overview in step with the drawing: links below the moving dots, cards above them. Paints
 * once for each picture in which something changed; while the view only moves, the canvases, larger than what is seen,
 * are shifted instead. It must not know React, nor how cards and links look.
 */
import type { Design, Viewport } from '../../model/document.ts';
import type { Services } from '../app/context.ts';
import { linkedWith } from '../canvas/flow.ts';
import type { GeometryStore } from '../canvas/geometry-store.ts';
import { overlaps, type Box, type LinkCurve } from '../canvas/geometry.ts';
import { linkLook, type LinkLook } from '../canvas/link-paint.ts';
import { everyAtMost } from '../run/beat.ts';
import { readColours, watchTheme } from '../traffic/colours.ts';
import { breakName, cardLook } from './looks.ts';
import { nameFont, NAME_SPACING, NAME_WIDTH, paintCards } from './paint-cards.ts';
import type { CardLook, PaintedCard } from './painted-card.ts';
import { keyOf, paintLinks, type PaintedLink } from './paint-links.ts';
import type { Sheet } from './sheet.ts';

/** How far a canvas reaches beyond what is seen on each side, CSS pixels. */
export const OVERHANG = 160;
/** From afar bars and colours are looked at, not numbers. */
const RENEWED_MS = 250;
/** What stands out of a card: outlines, and badges above it, canvas units. */
const STAND_OUT = 40;

const TOKENS = [
  'canvas raised sunken line line-strong link ink ink-2 ink-3 brand idle ok warn bad',
  'bad-soft bad-ink warn-ink on-state',
]
  .join(' ')
  .split(' ');

interface Sheets {
  readonly links: HTMLCanvasElement;
  readonly cards: HTMLCanvasElement;
}

type Shown = Pick<Services, 'design' | 'view' | 'run'>;

/** Starts painting; gives the way out. */
export function paintBoard(sheets: Sheets, geometry: GeometryStore, services: Shown): () => void {
  const { design, view, run } = services;
  // A browser that gives no context shows names and what is touched.
  if (!sheets.links.getContext('2d') || !sheets.cards.getContext('2d')) return () => {};
  const looks = createLooks(sheets.cards, services, geometry);
  let inks = new Map<string, string>();
  let painted: Viewport | null = null;
  let asked = 0;
  /** How the links look that are painted now, and how often colours were read. */
  let linksKey = '';
  let inkings = 0;
  const size = { width: 0, height: 0 };
  const paint = () => {
    asked = 0;
    const now = geometry.viewport();
    for (const canvas of [sheets.links, sheets.cards]) canvas.style.transform = '';
    const open = (canvas: HTMLCanvasElement) => sheetOf(canvas, now, inks);
    const picture = pictureOf(services, geometry, looks, seenFrom(now, size));
    const key = [now.x, now.y, now.zoom, geometry.version(), inkings, keyOf(picture.links, now.zoom)].join();
    if (key !== linksKey) paintLinks(open(sheets.links), picture.links);
    linksKey = key;
    paintCards(open(sheets.cards), picture.cards);
    painted = now;
  };
  const ask = () => {
    painted = null;
    asked ||= requestAnimationFrame(paint);
  };
  let version = geometry.version();
  const follow = () => {
    const now = geometry.viewport();
    const isSame = painted?.zoom === now.zoom && version === geometry.version();
    version = geometry.version();
    if (!isSame || !painted) return ask();
    const [x, y] = [now.x - painted.x, now.y - painted.y];
    if (Math.max(Math.abs(x), Math.abs(y)) > OVERHANG) return ask();
    for (const canvas of [sheets.links, sheets.cards]) canvas.style.transform = `translate(${x}px, ${y}px)`;
  };
  const renew = () => {
    looks.forget();
    ask();
  };
  const readInks = () => {
    const values = readColours(TOKENS.map((token) => `--${token}`));
    inkings++;
    inks = new Map(TOKENS.map((token, at) => [token, values[at]]));
    ask();
  };
  const resized = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = sheets.cards.parentElement!;
    Object.assign(size, { width, height });
    for (const canvas of [sheets.links, sheets.cards]) fit(canvas, width, height);
    linksKey = '';
    ask();
  });
  resized.observe(sheets.cards.parentElement!);
  readInks();
  const leave = [
    geometry.subscribe(follow),
    design.subscribe(renew),
    view.subscribe(ask),
    everyAtMost(run.live, RENEWED_MS, renew),
    watchTheme(readInks),
    () => resized.disconnect(),
    () => cancelAnimationFrame(asked),
  ];
  // Names are measured again once their font is there.
  void document.fonts?.ready.then(() => looks.forgetNames());
  return () => leave.forEach((out) => out());
}

function fit(canvas: HTMLCanvasElement, width: number, height: number): void {
  const ratio = devicePixelRatio || 1;
  const [across, down] = [width + 2 * OVERHANG, height + 2 * OVERHANG];
  canvas.width = Math.round(across * ratio);
  canvas.height = Math.round(down * ratio);
  canvas.style.width = `${across}px`;
  canvas.style.height = `${down}px`;
}

/** What of the board the canvases reach over, in canvas units. */
function seenFrom({ x, y, zoom }: Viewport, { width, height }: { width: number; height: number }): Box {
  return {
    x: (-x - OVERHANG) / zoom,
    y: (-y - OVERHANG) / zoom,
    width: (width + 2 * OVERHANG) / zoom,
    height: (height + 2 * OVERHANG) / zoom,
  };
}

/** A clean canvas, in canvas units. */
function sheetOf(canvas: HTMLCanvasElement, { x, y, zoom }: Viewport, inks: Map<string, string>): Sheet {
  const context = canvas.getContext('2d')!;
  const ratio = devicePixelRatio || 1;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * (x + OVERHANG), ratio * (y + OVERHANG));
  return {
    context,
    zoom,
    ink: (token) => inks.get(token) ?? '#888',
    font: getComputedStyle(canvas).fontFamily,
  };
}

interface Looks {
  card(id: string): CardLook | null;
  link(id: string): LinkLook;
  curve(id: string): LinkCurve | null;
  /** There are new numbers, or another design. */
  forget(): void;
  forgetNames(): void;
}

/** Worked out once for each beat, and not for each picture. */
function createLooks(canvas: HTMLCanvasElement, { design, run }: Shown, geometry: GeometryStore): Looks {
  let nodes: Map<string, Design['nodes'][number]> | null = null;
  const cards = new Map<string, CardLook>();
  const links = new Map<string, LinkLook>();
  let curves = new Map<string, LinkCurve | null>();
  let curvesOf = -1;
  const names = new Map<string, readonly string[]>();
  const linesOf = (label: string) => {
    const known = names.get(label);
    if (known) return known;
    const context = canvas.getContext('2d')!;
    context.font = nameFont(getComputedStyle(canvas).fontFamily);
    context.letterSpacing = NAME_SPACING;
    const lines = breakName(label, NAME_WIDTH, (text) => context.measureText(text).width);
    names.set(label, lines);
    return lines;
  };
  return {
    card(id) {
      nodes ??= new Map(design.getState().design.nodes.map((node) => [node.id, node]));
      const node = nodes.get(id);
      if (!node) return null;
      const look = cards.get(id) ?? cardLook(node, run.live, linesOf);
      cards.set(id, look);
      return look;
    },
    link(id) {
      const look = links.get(id) ?? linkLook(run.live, id);
      links.set(id, look);
      return look;
    },
    curve(id) {
      if (curvesOf !== geometry.version()) curves = new Map();
      curvesOf = geometry.version();
      const known = curves.get(id);
      if (known !== undefined) return known;
      const curve = geometry.curve(id);
      curves.set(id, curve);
      return curve;
    },
    forget() {
      nodes = null;
      cards.clear();
      links.clear();
    },
    forgetNames() {
      names.clear();
      cards.clear();
    },
  };
}

function pictureOf(
  { design: store, view }: Shown,
  geometry: GeometryStore,
  looks: Looks,
  seen: Box,
): { cards: PaintedCard[]; links: PaintedLink[] } {
  const { design } = store.getState();
  const { selection, isFocused, linking, hoveredLink } = view.getState();
  const lit = isFocused && selection.size > 0 ? linkedWith(design, selection) : null;
  const cards: PaintedCard[] = [];
  for (const [id, box] of geometry.boxes()) {
    if (!overlaps(grown(box), seen)) continue;
    const look = looks.card(id);
    // Notes and collapsed groups are few and stay elements.
    if (!look) continue;
    cards.push({
      box,
      look,
      isSelected: selection.has(id),
      isDimmed: lit !== null && !lit.has(id),
      verdict: linking?.verdicts.get(id) ?? null,
      isChosen: linking?.target === id,
    });
  }
  const links: PaintedLink[] = [];
  for (const { id } of design.links) {
    const curve = looks.curve(id);
    if (!curve || !overlaps(hullOf(curve), seen)) continue;
    links.push({
      curve,
      look: looks.link(id),
      isSelected: selection.has(id),
      isHovered: hoveredLink === id,
      isDimmed: lit !== null && !lit.has(id),
    });
  }
  return { cards, links };
}

function grown({ x, y, width, height }: Box): Box {
  return { x: x - STAND_OUT, y: y - STAND_OUT, width: width + 2 * STAND_OUT, height: height + 2 * STAND_OUT };
}

/** A curve never leaves the rectangle around its four points. */
function hullOf({ start, control1, control2, end }: LinkCurve): Box {
  const left = Math.min(start.x, control2.x, end.x);
  const top = Math.min(start.y, end.y);
  const width = Math.max(start.x, control1.x, end.x) - left;
  return { x: left, y: top, width: width + 1, height: Math.max(start.y, end.y) - top + 1 };
}
