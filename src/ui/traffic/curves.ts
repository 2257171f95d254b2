/** The curves of all links as numbers, as they cross to the painter. It must not know how anything is drawn on them. */
import type { CanvasGeometry } from '../canvas/geometry.ts';

/** Numbers per link: start, two control points, end. */
export const CURVE_WIDTH = 8;

/** In the order of `links`, canvas units; NaN for a link that is not drawn. */
export function curvesOf(
  links: readonly string[],
  geometry: Pick<CanvasGeometry, 'curve'>,
): Float32Array<ArrayBuffer> {
  const curves = new Float32Array(links.length * CURVE_WIDTH).fill(NaN);
  links.forEach((id, row) => {
    const curve = geometry.curve(id);
    if (!curve) return;
    const { start, control1, control2, end } = curve;
    curves.set(
      [start.x, start.y, control1.x, control1.y, control2.x, control2.y, end.x, end.y],
      row * CURVE_WIDTH,
    );
  });
  return curves;
}

export const isSame = (a: Float32Array, b: Float32Array) =>
  a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
