/** What the canvas asks of a painted board when the ground is pressed. It must not know how it is painted. */

/** Presses on the empty canvas that may mean something painted. */
export interface PaintedPresses {
  click(event: At): void;
  /** False where nothing is painted. */
  menu(event: At & { preventDefault(): void }): boolean;
}

interface At {
  readonly clientX: number;
  readonly clientY: number;
}
