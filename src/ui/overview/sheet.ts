/** What is painted on, and with: a 2D context in canvas units, the zoom it stands at, and the colours of the theme. */

/** The value of a token's custom property. */
export type Inks = (token: string) => string;

export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  /** CSS pixels per canvas unit. */
  readonly zoom: number;
  readonly ink: Inks;
  /** How the page writes text. */
  readonly font: string;
}
