/**
 * What a reader of a foreign format found, and how that becomes a design: kinds by what things are called, places where
 * the file has none, only links that may be drawn. It must not know any format.
 */
import {
  emptyDesign,
  MAX_LABEL,
  MAX_LINKS,
  MAX_NODES,
  type Design,
  type DesignNode,
  type Point,
} from '../../model/document.ts';
import { VOCABULARY } from '../../kinds/vocabulary.ts';
import { parseDesign } from '../../model/parse.ts';
import { cleanLine } from '../../model/labels.ts';
import type { ParamOverrides } from '../../model/params.ts';
import { boxOf, specOf } from '../canvas/flow.ts';
import { overlaps } from '../canvas/geometry.ts';
import { kindFor } from './kinds.ts';
import { layered } from './layered.ts';
import { legalLinks } from './legal-links.ts';

export interface SketchNode {
  /** Names it within the file. */
  readonly key: string;
  readonly label: string;
  /** A kind of ours, where the file says so. */
  readonly kind?: string;
  /** Further words that tell the kind, such as an image. */
  readonly hint?: string;
  readonly at?: Point;
  readonly group?: string;
  readonly params?: ParamOverrides;
}

export interface Sketch {
  /** "a Mermaid flowchart". */
  readonly what: string;
  readonly nodes: readonly SketchNode[];
  readonly links: readonly { readonly from: string; readonly to: string }[];
  readonly groups: readonly { readonly key: string; readonly label: string; readonly parent?: string }[];
  /** Sentences on what was not understood, or was concluded. */
  readonly remarks: readonly string[];
}

export interface Intake {
  readonly design: Design;
  /** What was understood, in a sentence. */
  readonly summary: string;
  /** What was not, or was concluded. */
  readonly remarks: readonly string[];
}

const MOST_REMARKS = 100;

/** A file that cannot be read at all; the message is a sentence for people. */
export class IntakeProblem extends Error {}

export function designOf(sketch: Sketch, name: string): Intake {
  if (sketch.nodes.length === 0) throw new IntakeProblem(`No component was found in ${sketch.what}.`);
  if (sketch.nodes.length > MAX_NODES || sketch.links.length > MAX_LINKS)
    throw new IntakeProblem(
      `It has more than ${MAX_NODES} components or ${MAX_LINKS} links, which no drawing can show.`,
    );
  const remarks = [...sketch.remarks];
  const groupIds = new Map(sketch.groups.map(({ key }, at) => [key, `g${at + 1}`]));
  const ids = new Map(sketch.nodes.map(({ key }, at) => [key, `n${at + 1}`]));
  const callees = new Map(sketch.nodes.map(({ key }) => [key, new Set<string>()]));
  for (const { from, to } of sketch.links) callees.get(from)?.add(to);
  const nodes = sketch.nodes.map((node) =>
    nodeOf(node, ids, groupIds, callees.get(node.key)?.size ?? 0, remarks),
  );
  const groups = sketch.groups.map(({ key, label, parent }) => {
    const outer = parent === undefined ? undefined : groupIds.get(parent);
    const words = { id: groupIds.get(key)!, label: cleanLine(label, MAX_LABEL) };
    return outer ? { ...words, kind: 'zone' as const, parent: outer } : { ...words, kind: 'region' as const };
  });
  const empty = { ...emptyDesign(cleanLine(name, MAX_LABEL) || 'Untitled'), nodes, groups };
  const wanted = sketch.links.map(({ from, to }) => ({ from: ids.get(from) ?? '', to: ids.get(to) ?? '' }));
  const design = checked({ ...empty, links: legalLinks(nodes, wanted, remarks) }, remarks);
  const placed = isPlaced(sketch, design.nodes) ? design : layered(design);
  const counts = [count(design.nodes.length, 'component'), count(design.links.length, 'link')];
  if (groups.length > 0) counts.push(count(groups.length, 'region or zone', 'regions and zones'));
  return {
    design: placed,
    summary: `Read as ${sketch.what}: ${counts.join(', ')}.`,
    remarks: shortened(remarks),
  };
}

/** Two shapes of one name, regions inside each other: whatever a file may do, what is opened keeps our rules. */
function checked(drawn: Design, remarks: string[]): Design {
  const { design, problems } = parseDesign(drawn, VOCABULARY);
  if (!design) throw new IntakeProblem(problems[0].message);
  remarks.push(...problems.map(({ message }) => message));
  return design;
}

function nodeOf(
  node: SketchNode,
  ids: ReadonlyMap<string, string>,
  groupIds: ReadonlyMap<string, string>,
  callees: number,
  remarks: string[],
): DesignNode {
  const label = cleanLine(node.label, MAX_LABEL) || cleanLine(node.key, MAX_LABEL) || 'Component';
  const found = kindFor(`${node.hint ?? ''} ${node.key} ${label}`, node.kind);
  if (found.remark) remarks.push(`“${label}” ${found.remark}`);
  const spec = specOf(found.kind);
  const callsSeveral = spec?.role === 'proxy' && spec.calls !== 'many' && callees > 1;
  if (callsSeveral && node.kind === undefined)
    remarks.push(
      `“${label}” is shown as a balancer, because it calls ${callees} things; each request goes to one.`,
    );
  const group = node.group === undefined ? undefined : groupIds.get(node.group);
  const at = node.at ?? { x: 0, y: 0 };
  return {
    id: ids.get(node.key)!,
    kind: callsSeveral && node.kind === undefined ? 'balancer' : found.kind,
    label,
    position: { x: Math.round(at.x), y: Math.round(at.y) },
    params: found.kind === 'service' ? (node.params ?? {}) : {},
    ...(group ? { group } : {}),
  };
}

/** Whether the file has a place for everything, with nothing on top of anything else. */
function isPlaced(sketch: Sketch, nodes: readonly DesignNode[]): boolean {
  if (sketch.nodes.some(({ at }) => at === undefined)) return false;
  const boxes = nodes.map((node) => boxOf(node)).sort((a, b) => a.x - b.x);
  return boxes.every((box, at) => {
    for (let next = at + 1; next < boxes.length && boxes[next].x < box.x + box.width; next++)
      if (overlaps(box, boxes[next])) return false;
    return true;
  });
}

/** Nobody reads thousands of sentences, and a page with them is slow. */
function shortened(remarks: readonly string[]): readonly string[] {
  if (remarks.length <= MOST_REMARKS) return remarks;
  const more = remarks.length - MOST_REMARKS;
  return [...remarks.slice(0, MOST_REMARKS), `And ${count(more, 'further remark')} of the same sorts.`];
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
