/** What is to be painted of a component. It must not know how. */
import type { Badge, LoadLevel } from '../canvas/badge.ts';
import type { Box } from '../canvas/geometry.ts';

export interface CardLook {
  /** Silhouette of the kind on a grid of 20 × 20; null for an unknown kind. */
  readonly icon: Path2D | null;
  /** At most two lines. */
  readonly name: readonly string[];
  readonly badge: Badge | null;
  readonly load: LoadLevel;
  /** Utilisation, 0..1. */
  readonly share: number;
}

export interface PaintedCard {
  readonly box: Box;
  readonly look: CardLook;
  readonly isSelected: boolean;
  readonly isDimmed: boolean;
  /** While a link is drawn: whether it may end here. */
  readonly verdict: 'legal' | 'illegal' | null;
  readonly isChosen: boolean;
}
