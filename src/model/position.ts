/** Where things may stand on the canvas. */
import { MAX_POSITION } from './document.ts';

/** Keeps a coordinate within ± `MAX_POSITION`; the sign of zero does not matter. */
export function clampCoordinate(value: number): number {
  return Math.min(MAX_POSITION, Math.max(-MAX_POSITION, value)) + 0;
}
