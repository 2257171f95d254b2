/**
 * Reads a draw.io diagram (mxGraph XML, plain or compressed): boxes, arrows, containers, places. Only its first page,
 * and nothing of how it looks. It must not know what comes of it.
 */
import { decodeBase64, inflate } from './inflate.ts';
import { IntakeProblem, type Sketch, type SketchNode } from './sketch.ts';

export function isDrawio(text: string): boolean {
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?<(?:mxfile|mxGraphModel|!DOCTYPE|!ENTITY)\b/.test(
    text,
  );
}

/** Boxes of draw.io are smaller than ours, so everything moves apart. */
const SPREAD = 1.5;
const MOST_CELLS = 20_000;
const MOST_NESTED = 20;

export async function readDrawio(text: string): Promise<Sketch> {
  const remarks: string[] = [];
  const file = parseXml(text);
  const pages = [...file.getElementsByTagName('diagram')];
  if (pages.length > 1) remarks.push(`Only the first of ${pages.length} pages is read.`);
  let model: Document | Element = pages[0] ?? file;
  const packed = pages[0]?.childElementCount === 0 ? (pages[0].textContent ?? '').trim() : '';
  if (packed !== '') model = parseXml(await unpack(packed));
  const cells = [...model.getElementsByTagName('mxCell')];
  if (cells.length > MOST_CELLS) throw new IntakeProblem(`It has more than ${MOST_CELLS} shapes.`);
  return sketchOf(cells.map(readCell), remarks);
}

/** Entities are how XML becomes a bomb, and no diagram needs them. */
function parseXml(text: string): Document {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text))
    throw new IntakeProblem('It declares a document type or entities, which a diagram never needs.');
  const parsed = new DOMParser().parseFromString(text, 'application/xml');
  if (parsed.getElementsByTagName('parsererror').length > 0)
    throw new IntakeProblem('Its XML is damaged or incomplete.');
  return parsed;
}

async function unpack(packed: string): Promise<string> {
  try {
    return decodeURIComponent(await inflate(decodeBase64(packed)));
  } catch (reason) {
    if (reason instanceof IntakeProblem) throw reason;
    throw new IntakeProblem('Its compressed page is damaged.');
  }
}

interface Cell {
  readonly id: string;
  readonly label: string;
  readonly style: string;
  readonly parent: string;
  readonly source: string;
  readonly target: string;
  readonly isVertex: boolean;
  readonly isEdge: boolean;
  readonly x: number;
  readonly y: number;
}

function readCell(cell: Element): Cell {
  const wrapper = cell.parentElement && /^(?:object|UserObject)$/.test(cell.parentElement.tagName);
  const outer = wrapper ? cell.parentElement : null;
  const geometry = [...cell.children].find((child) => child.tagName === 'mxGeometry');
  const number = (name: string) => {
    const value = Number(geometry?.getAttribute(name) ?? 0);
    return Number.isFinite(value) ? Math.max(-100_000, Math.min(100_000, value)) : 0;
  };
  const read = (name: string) => cell.getAttribute(name) ?? '';
  return {
    id: outer?.getAttribute('id') ?? read('id'),
    label: plain(outer?.getAttribute('label') ?? read('value')),
    style: read('style'),
    parent: read('parent'),
    source: read('source'),
    target: read('target'),
    isVertex: read('vertex') === '1',
    isEdge: read('edge') === '1',
    x: number('x'),
    y: number('y'),
  };
}

function sketchOf(cells: readonly Cell[], remarks: string[]): Sketch {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const parents = new Set(cells.filter((cell) => cell.isVertex).map((cell) => cell.parent));
  const isText = ({ style }: Cell) => /^(?:text|edgeLabel)\b|;(?:edgeLabel|text)\b/.test(style);
  const shapes = cells.filter((cell) => cell.isVertex && !byId.get(cell.parent)?.isEdge && !isText(cell));
  const isContainer = (cell: Cell) =>
    parents.has(cell.id) || /\b(?:group|swimlane|container=1)\b/.test(cell.style);
  const placeOf = (cell: Cell, depth = 0): { x: number; y: number } => {
    const outer = byId.get(cell.parent);
    if (!outer?.isVertex || depth > MOST_NESTED) return { x: cell.x, y: cell.y };
    const place = placeOf(outer, depth + 1);
    return { x: place.x + cell.x, y: place.y + cell.y };
  };
  const groups = shapes.filter(isContainer).map((cell) => ({
    key: cell.id,
    label: cell.label || 'Group',
    ...(shapes.some((other) => other.id === cell.parent) ? { parent: cell.parent } : {}),
  }));
  const nodes = shapes
    .filter((cell) => !isContainer(cell))
    .map((cell): SketchNode => {
      const { x, y } = placeOf(cell);
      const grouped = groups.some((group) => group.key === cell.parent);
      const shape = /shape=(?:mxgraph\.)?([\w.]+)/.exec(cell.style)?.[1] ?? '';
      return {
        key: cell.id,
        label: cell.label || shape.split('.').at(-1) || 'Component',
        hint: `${shape} ${/cylinder|datastore/.test(cell.style) && !KNOWN.test(cell.label) ? 'database' : ''}`,
        at: { x: x * SPREAD, y: y * SPREAD },
        ...(grouped ? { group: cell.parent } : {}),
      };
    });
  const known = new Set(nodes.map(({ key }) => key));
  const edges = cells.filter((cell) => cell.isEdge);
  const links = edges.filter(({ source, target }) => known.has(source) && known.has(target));
  const loose = edges.length - links.length;
  if (loose > 0)
    remarks.push(
      `${loose} ${loose === 1 ? 'arrow is' : 'arrows are'} left out: not both ends are at a component.`,
    );
  const texts = cells.filter((cell) => cell.isVertex && isText(cell) && cell.label !== '').length;
  if (texts > 0) remarks.push(`${texts} ${texts === 1 ? 'text is' : 'texts are'} left out.`);
  return {
    what: 'a draw.io diagram',
    nodes,
    links: links.map(({ source, target }) => ({ from: source, to: target })),
    groups,
    remarks,
  };
}

/** A cylinder that is called a cache is one. */
const KNOWN = /redis|cache|memcached/i;

/** Labels may be HTML; a document without a window runs and loads nothing. */
function plain(html: string): string {
  if (!/[<&]/.test(html)) return html.trim();
  const spaced = html.slice(0, 2_000).replace(/<(?:br|div|p)\b[^<>]*>/gi, ' ');
  return new DOMParser().parseFromString(spaced, 'text/html').body.textContent?.trim() ?? '';
}
