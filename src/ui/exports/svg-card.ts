/** One component of the picture: icon, name, settings, and its numbers where there are any. */
import type { DesignNode } from '../../model/document.ts';
import { withDefaults } from '../../model/params.ts';
import { loadLevel, unitState, unitsThere, worstBadge } from '../canvas/badge.ts';
import { boxOf, specOf } from '../canvas/flow.ts';
import { formatCompact, formatDurationShort, formatGauge } from '../format.ts';
import { escapeXml, text, type Drawing } from './svg-text.ts';

export function card(drawing: Drawing, node: DesignNode): string {
  const { ink, live } = drawing;
  const spec = specOf(node.kind);
  const { x, y, width, height } = boxOf(node);
  const badge = spec && live ? worstBadge(spec, node.id, node.label, live) : null;
  const edge = ink(badge?.severity === 'bad' ? 'bad' : 'line-strong');
  const subtitle = spec ? spec.subtitle(withDefaults(spec.params, node.params)) : node.kind;
  // Without numbers the name stands in the middle of the card.
  const top = live ? y : y + height / 2 - 25;
  const parts = [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10" fill="${ink('raised')}" stroke="${edge}"/>`,
    `<g transform="translate(${x + 10} ${top + 14}) scale(1.1)" fill="none" stroke="${ink('ink-2')}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">`,
    ...(spec?.icon ?? []).map((path) => `<path d="${escapeXml(path)}"/>`),
    '</g>',
    text(drawing, node.label, {
      x: x + 40,
      y: top + 20,
      size: 13,
      weight: 600,
      ink: 'ink',
      width: width - 50,
    }),
    text(drawing, subtitle, {
      x: x + 40,
      y: top + 35,
      size: 11,
      weight: 450,
      ink: 'ink-3',
      width: width - 50,
    }),
  ];
  if (spec && live) parts.push(...numbers(drawing, node));
  if (badge) {
    const room = Math.ceil(drawing.measure(badge.text, 11, 600)) + 14;
    parts.push(
      `<rect x="${x + width - room + 6}" y="${y - 11}" width="${room}" height="20" rx="10" fill="${ink(badge.severity)}"/>`,
      text(drawing, badge.text, {
        x: x + width - room + 13,
        y: y + 3,
        size: 11,
        weight: 600,
        ink: 'on-state',
        width: room,
      }),
    );
  }
  return parts.join('');
}

function numbers(drawing: Drawing, node: DesignNode): string[] {
  const { ink, live } = drawing;
  const spec = specOf(node.kind);
  if (!spec || !live) return [];
  const { x, y, width, height } = boxOf(node);
  const gauge = spec.gauges[0];
  const columns = [
    [formatCompact(live.node(node.id, 'rateRps')), 'rps'],
    [formatDurationShort(live.node(node.id, 'p95Ms')), 'p95'],
    ...(gauge ? [[formatGauge(live.node(node.id, 'gauge0'), gauge.unit), gauge.label]] : []),
  ];
  const busy = live.node(node.id, 'utilisation');
  const share = busy > 0 ? Math.min(1, busy) : 0;
  return [
    ...columns.flatMap(([value, label], at) => [
      text(drawing, value, {
        x: x + 10 + 48 * at,
        y: y + 58,
        size: 12,
        weight: 560,
        ink: 'ink',
        width: 46,
        isNumber: true,
      }),
      text(drawing, label, {
        x: x + 10 + 48 * at,
        y: y + 72,
        size: 10,
        weight: 450,
        ink: 'ink-3',
        width: 46,
      }),
    ]),
    ...(spec.unitNoun ? pips(drawing, node) : []),
    `<rect x="${x + 10}" y="${y + height - 9}" width="${width - 20}" height="3" rx="1.5" fill="${ink('idle-soft')}"/>`,
    `<rect x="${x + 10}" y="${y + height - 9}" width="${(width - 20) * share}" height="3" rx="1.5" fill="${ink(loadLevel(busy))}"/>`,
  ];
}

/** More units than this would be lines; the rest is left out of the picture. */
const MOST_PIPS = 16;

/** One small bar per unit, filled as far as it is busy; what is down is crossed out. */
function pips({ ink, live }: Drawing, node: DesignNode): string[] {
  const { x, y, width, height } = boxOf(node);
  const units = (live ? unitsThere(live, node.id) : []).slice(0, MOST_PIPS);
  const isBlank = units.length === 1 && Number.isNaN(live?.unit(node.id, units[0], 'utilisation'));
  const pitch = (width - 16) / units.length;
  const top = y + height - 25;
  return (isBlank ? [] : units).map((unit, at) => {
    const left = x + 10 + at * pitch;
    const room = pitch - 4;
    const box = (colour: string, share: number) =>
      `<rect x="${left}" y="${top + 10 * (1 - share)}" width="${room}" height="${10 * share}" rx="2" fill="${ink(colour)}"/>`;
    if (live && unitState(live, node.id, unit) === 'down')
      return `${box('bad-soft', 1)}<path d="M${left} ${top}l${room} 10m0-10l${-room} 10" stroke="${ink('bad')}"/>`;
    const busy = live?.unit(node.id, unit, 'utilisation') ?? 0;
    return box('idle-soft', 1) + box(loadLevel(busy), busy > 0 ? Math.min(1, busy) : 0);
  });
}
