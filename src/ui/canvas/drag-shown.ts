/** What the canvas shows while something is dragged. It must not know how that is found out. */
import type { Point } from '../../model/document.ts';
import type { Box } from './geometry.ts';
import type { Guide } from './snapping.ts';
import type { Split } from './splitting.ts';

/** What the canvas shows of a drag besides the nodes on their way. */
export interface DragShown {
  readonly guides: readonly Guide[];
  /** Outlines of the copies a drop would make. */
  readonly copies: readonly Box[];
  readonly split: Split | null;
  /** Frames of groups, held still while something is dragged in or out. */
  readonly frames: ReadonlyMap<string, Box> | null;
  /** Group that would be entered. */
  readonly into: string | null;
  /** What the drop does besides moving, in words, and where that is said. */
  readonly words: string | null;
  readonly at: Point | null;
}
