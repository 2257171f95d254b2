/**
 * The moving picture: takes messages of the page, keeps dots and clock, and paints while something moves. Runs in
 * the painter's worker or on the page alike. It must not know the DOM, React or the run.
 */
import { CURVE_WIDTH } from './curves.ts';
import { Density } from './density.ts';
import { Dots, LEAST_SHOWN_MS, MAX_DOTS } from './dots.ts';
import { Places, hitTest, paint, place, type Context, type Surface, type View } from './paint.ts';
import { Playback } from './playback.ts';

/** What the page tells the painter. */
export type SceneMessage =
  | { readonly type: 'canvas'; readonly canvas: OffscreenCanvas }
  | { readonly type: 'surface'; readonly surface: Surface }
  | { readonly type: 'view'; readonly view: View }
  /** `CURVE_WIDTH` numbers per link in layout order, canvas units; NaN for a link that is not drawn. */
  | { readonly type: 'curves'; readonly curves: Float32Array }
  /** New row of each old link row, −1 where it is gone. */
  | { readonly type: 'renumber'; readonly rows: Int32Array }
  /** In the order of HOP_LOOKS. */
  | { readonly type: 'colours'; readonly colours: readonly string[] }
  | { readonly type: 'frame'; readonly simMs: number; readonly playing: boolean; readonly hops: Float64Array }
  | { readonly type: 'clear' }
  | { readonly type: 'hit'; readonly id: number; readonly x: number; readonly y: number };

export type SceneAnswer =
  | { readonly type: 'hit'; readonly id: number; readonly request: number | null }
  /** The hops of a frame have been read: their memory goes back. */
  | { readonly type: 'spent'; readonly buffer: ArrayBuffer };

/** Fingers and fast dots: a near miss counts, in CSS pixels. */
const REACH = 11;

/** Mean distance of dots on the links: closer ones cannot be told apart, nor clicked. */
const SPACING_PX = 9;

export interface SceneCanvas {
  width: number;
  height: number;
}

export class Scene {
  private readonly dots = new Dots();
  private readonly places = new Places(MAX_DOTS);
  private readonly density = new Density();
  private readonly playback = new Playback(LEAST_SHOWN_MS);
  private canvas: SceneCanvas | null = null;
  private context: Context | null = null;
  private surface: Surface = { width: 1, height: 1, ratio: 1 };
  private view: View = { x: 0, y: 0, zoom: 1 };
  private curves: Float32Array = new Float32Array(0);
  private colours: readonly string[] = [];
  private scheduled = false;

  /** `schedule` calls back before the next picture; `now` is the real time in ms. */
  constructor(
    private readonly schedule: (then: () => void) => void,
    private readonly now: () => number,
  ) {}

  drawOn(canvas: SceneCanvas, context: Context | null): void {
    this.canvas = canvas;
    this.context = context;
    this.resize(this.surface);
  }

  receive(message: Exclude<SceneMessage, { type: 'canvas' | 'hit' }>): void {
    switch (message.type) {
      case 'surface':
        this.resize(message.surface);
        break;
      case 'view':
        this.view = message.view;
        break;
      case 'curves':
        this.curves = message.curves;
        break;
      case 'renumber':
        this.dots.renumber(message.rows);
        break;
      case 'colours':
        this.colours = message.colours;
        break;
      case 'frame':
        this.playback.receive(message.simMs, message.playing, this.now());
        this.dots.keptShare = this.shareOf(message);
        this.dots.add(message.hops);
        break;
      case 'clear':
        this.dots.clear();
        this.playback.reset();
    }
    this.wake();
  }

  hit(x: number, y: number): number | null {
    return hitTest(this.dots, this.places, x, y, REACH);
  }

  private shareOf({ hops, simMs, playing }: Extract<SceneMessage, { type: 'frame' }>): number {
    const share = this.density.share(hops, simMs, this.now(), this.lengthPx() / SPACING_PX);
    // Steps bring few hops, and each of them was asked for.
    return playing ? share : 1;
  }

  /** Length of all links on the screen, taken straight. */
  private lengthPx(): number {
    let length = 0;
    for (let at = 0; at + CURVE_WIDTH <= this.curves.length; at += CURVE_WIDTH) {
      const [dx, dy] = [this.curves[at + 6] - this.curves[at], this.curves[at + 7] - this.curves[at + 1]];
      if (!Number.isNaN(dx)) length += Math.sqrt(dx * dx + dy * dy);
    }
    return length * this.view.zoom;
  }

  private resize(surface: Surface): void {
    this.surface = surface;
    if (!this.canvas) return;
    this.canvas.width = Math.max(1, Math.round(surface.width * surface.ratio));
    this.canvas.height = Math.max(1, Math.round(surface.height * surface.ratio));
  }

  private wake(): void {
    if (this.scheduled || !this.context) return;
    this.scheduled = true;
    this.schedule(() => {
      this.scheduled = false;
      this.draw();
    });
  }

  private draw(): void {
    if (!this.context) return;
    const now = this.now();
    const moved = this.playback.advance(now);
    if (moved > 0) this.dots.advance(this.playback.shownMs, moved);
    place(this.dots, this.curves, this.view, this.surface, this.places);
    paint(this.context, this.dots, this.places, this.view, this.surface, this.colours);
    // Without dots the next frame wakes it again; paused it sleeps until something changes.
    if (this.playback.isMoving(now) && this.dots.count > 0) this.wake();
  }
}
