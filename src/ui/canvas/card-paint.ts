/**
 * Writes the live numbers of one node into its card, straight to the DOM and only where something changed: frames
 * arrive many times a second and must not pass through React. It must not know React.
 */
import type { KindSpec } from '../../kinds/contract.ts';
import { formatCompact, formatDurationShort, formatGauge } from '../format.ts';
import type { UnitState } from '../../session/protocol.ts';
import type { Live } from '../run/live.ts';
import { loadLevel, unitState, unitsThere, worstBadge } from './badge.ts';

/** More pips than this are drawn as groups, each as its worst unit. */
const MAX_PIPS = 16;
/** Ticks at the inlet stop growing here: beyond, the number on the card says it. */
const MAX_TICKS = 16;
const TICK_PITCH = 4;

const BROKEN: ReadonlySet<UnitState> = new Set<UnitState>(['down', 'backOff', 'paused', 'hung']);
const AWAY: ReadonlySet<UnitState> = new Set<UnitState>(['starting', 'restarting', 'draining', 'closing']);

/** Elements of a card that carry live values. */
export interface CardParts {
  readonly card: HTMLElement;
  readonly rate: HTMLElement;
  readonly p95: HTMLElement;
  readonly gauge: HTMLElement | null;
  readonly pips: HTMLElement | null;
  readonly queue: HTMLElement;
  readonly load: HTMLElement;
  readonly badge: HTMLElement;
}

export function paintCard(parts: CardParts, spec: KindSpec, id: string, label: string, live: Live): void {
  write(parts.rate, formatCompact(live.node(id, 'rateRps')));
  write(parts.p95, formatDurationShort(live.node(id, 'p95Ms')));
  const gauge = spec.gauges[0];
  if (parts.gauge && gauge) {
    const value = live.node(id, 'gauge0');
    write(parts.gauge, formatGauge(value, gauge.unit));
    mark(parts.gauge, 'alarm', gauge.warnAbove !== undefined && value > gauge.warnAbove ? 'yes' : '');
  }
  const utilisation = live.node(id, 'utilisation');
  mark(parts.load, 'load', loadLevel(utilisation));
  style(parts.load, '--share', String(Math.round(clamp(utilisation) * 100) / 100));
  style(parts.queue, '--ticks', `${ticksFor(live.node(id, 'waiting')) * TICK_PITCH}px`);
  if (parts.pips) paintPips(parts.pips, id, live);
  paintBadge(parts, spec, id, label, live);
  const wrapper = parts.card.parentElement;
  if (wrapper) attribute(wrapper, 'aria-label', describe(spec, id, label, live));
}

function paintBadge(parts: CardParts, spec: KindSpec, id: string, label: string, live: Live): void {
  const badge = worstBadge(spec, id, label, live);
  write(parts.badge, badge?.text ?? '');
  mark(parts.badge, 'severity', badge?.severity ?? '');
  mark(parts.card, 'state', badge?.severity ?? '');
}

function paintPips(pips: HTMLElement, id: string, live: Live): void {
  const units = unitsThere(live, id);
  // The only one, whose load nobody knows, has nothing to show that the card does not say.
  const isBlank = units.length === 1 && Number.isNaN(live.unit(id, units[0], 'utilisation'));
  const count = isBlank ? 0 : Math.min(MAX_PIPS, units.length);
  while (pips.childElementCount > count) pips.lastElementChild!.remove();
  while (pips.childElementCount < count) {
    pips.append(document.createElement('span'));
    pips.lastElementChild!.append(document.createElement('i'));
  }
  for (let pip = 0; pip < count; pip++) {
    const first = Math.floor((pip * units.length) / count);
    const last = Math.floor(((pip + 1) * units.length) / count);
    let busiest = NaN;
    let isDown = false;
    let isAway = false;
    for (const unit of units.slice(first, last)) {
      const state = unitState(live, id, unit);
      isDown ||= BROKEN.has(state);
      isAway ||= AWAY.has(state);
      const utilisation = live.unit(id, unit, 'utilisation');
      if (!(busiest >= utilisation)) busiest = utilisation;
    }
    const element = pips.children[pip] as HTMLElement;
    mark(element, 'life', isDown ? 'down' : isAway ? 'starting' : 'up');
    mark(element, 'load', loadLevel(busiest));
    style(element, '--share', String(Math.round(clamp(busiest) * 20) / 20));
  }
}

/** One tick per waiting call at first, then ever fewer: 8 → 8, 118 → 13, 1,000 → 16. */
export function ticksFor(waiting: number): number {
  if (!(waiting > 0)) return 0;
  return waiting <= 8 ? Math.ceil(waiting) : Math.min(MAX_TICKS, Math.round(8 + 4 * Math.log10(waiting / 8)));
}

/** "api, service, 3 instances, 1 down". */
export function describe(spec: KindSpec, id: string, label: string, live: Live): string {
  const words = [label, spec.label.toLowerCase()];
  const there = unitsThere(live, id);
  const count = there.length;
  if (spec.unitNoun && count > 0) words.push(`${count} ${spec.unitNoun}${count === 1 ? '' : 's'}`);
  const down = there.filter((unit) => ['down', 'backOff'].includes(unitState(live, id, unit))).length;
  if (down > 0) words.push(count === 1 ? 'down' : `${down} down`);
  else {
    const badge = worstBadge(spec, id, label, live);
    if (badge) words.push(badge.text);
  }
  return words.join(', ');
}

export function write(element: HTMLElement | SVGElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function mark(element: HTMLElement | SVGElement, name: string, value: string): void {
  if ((element.dataset[name] ?? '') !== value) element.dataset[name] = value;
}

export function style(element: HTMLElement | SVGElement, name: string, value: string): void {
  if (element.style.getPropertyValue(name) !== value) element.style.setProperty(name, value);
}

export function attribute(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function clamp(share: number): number {
  return share > 0 ? Math.min(1, share) : 0;
}
