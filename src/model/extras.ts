/**
 * What a link can carry besides the design: where to look, which moment, which drill. It must not know how
 * the link is packed.
 */
import { MAX_LABEL, type Viewport } from './document.ts';
import { cleanLine } from './labels.ts';
import { asList } from './columns.ts';
import { clampCoordinate } from './position.ts';
import { isFinite } from './values.ts';

export interface LinkExtras {
  /** The part of the canvas to show; without it the whole design is fitted into the window. */
  readonly viewport?: Viewport;
  /** Simulated time to run to before pausing, in ms, at least 0. */
  readonly momentMs?: number;
  /** Id of the drill to arm: one of the design, or a built-in one. */
  readonly drill?: string;
}

/** `[x, y, zoom | 0, moment | −1, drill]`, cut after the last that is there; 0 when none is. */
export function writeExtras({ viewport, momentMs, drill }: LinkExtras): readonly unknown[] | 0 {
  if (viewport === undefined && momentMs === undefined && drill === undefined) return 0;
  const zoom = viewport === undefined ? 0 : Math.max(0.001, Math.round(viewport.zoom * 1000) / 1000);
  const row: unknown[] = [Math.round(viewport?.x ?? 0), Math.round(viewport?.y ?? 0), zoom];
  if (momentMs !== undefined || drill !== undefined) row.push(momentMs ?? -1);
  if (drill !== undefined) row.push(drill);
  return row;
}

/** Extras are for comfort: one that makes no sense is ignored. */
export function readExtras(value: unknown): LinkExtras {
  const [x, y, zoom, momentMs, drill] = asList(value);
  const sees = isFinite(x) && isFinite(y) && isFinite(zoom) && zoom > 0 && zoom <= 100;
  return {
    ...(sees ? { viewport: { x: clampCoordinate(x), y: clampCoordinate(y), zoom } } : {}),
    ...(isFinite(momentMs) && momentMs >= 0 ? { momentMs: momentMs + 0 } : {}),
    ...(typeof drill === 'string' ? { drill: cleanLine(drill, MAX_LABEL) } : {}),
  };
}
