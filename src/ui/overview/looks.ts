/**
 * What a painted component shows now: its silhouette, its name broken into lines, its load and what is worst. It must
 * not know how any of it is painted.
 */
import type { DesignNode } from '../../model/document.ts';
import { loadLevel, worstBadge } from '../canvas/badge.ts';
import { specOf } from '../canvas/flow.ts';
import type { Live } from '../run/live.ts';
import type { CardLook } from './painted-card.ts';

const silhouettes = new Map<string, Path2D>();

/** `linesOf` breaks a name. */
export function cardLook(
  node: DesignNode,
  live: Live,
  linesOf: (label: string) => readonly string[],
): CardLook {
  const spec = specOf(node.kind);
  if (!spec) return { icon: null, name: ['Unknown kind'], badge: null, load: 'idle', share: 0 };
  const utilisation = live.node(node.id, 'utilisation');
  return {
    icon: silhouetteOf(node.kind, spec.icon),
    name: linesOf(node.label),
    badge: worstBadge(spec, node.id, node.label, live),
    load: loadLevel(utilisation),
    share: utilisation > 0 ? Math.min(1, utilisation) : 0,
  };
}

function silhouetteOf(kind: string, paths: readonly string[]): Path2D {
  let icon = silhouettes.get(kind);
  if (!icon) {
    icon = new Path2D(paths.join(' '));
    silhouettes.set(kind, icon);
  }
  return icon;
}

const MOST_LINES = 2;

/** At most two lines, broken at spaces and after hyphens; what does not fit ends in an ellipsis. */
export function breakName(label: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  // A part keeps the space or hyphen it ends with.
  for (const part of (label.match(/[^\s-]*(?:-|\s+|$)/g) ?? []).filter(Boolean)) {
    if (line === '' || measure((line + part).trimEnd()) <= width) line += part;
    else {
      lines.push(line.trimEnd());
      line = part;
    }
  }
  lines.push(line.trimEnd());
  const kept = lines.slice(0, MOST_LINES);
  if (lines.length > MOST_LINES) kept[MOST_LINES - 1] += `${/-$/.test(kept[MOST_LINES - 1]) ? '' : ' '}…`;
  return kept.map((each) => shortened(each, width, measure));
}

function shortened(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text;
  const letters = [...text.replace(/\s*…$/, '')];
  while (letters.length > 1 && measure(`${letters.join('')}…`) > width) letters.pop();
  return `${letters.join('')}…`;
}
