/** The picture of the design on the screen: its colours and fonts come from the page. PNG is painted from the same SVG. */
import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import mono from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?url';
import { serialize } from '../../model/canonical.ts';
import type { Design } from '../../model/document.ts';
import type { Live } from '../run/live.ts';
import { withText } from './png-text.ts';
import { drawSvg, type Picture } from './svg.ts';

const FONTS = [
  { family: 'Inter Variable', address: inter },
  { family: 'JetBrains Mono Variable', address: mono },
];
/** Browsers refuse larger canvases. */
const MOST_PIXELS = 16_384;

export async function pictureOf(design: Design, live: Live | null): Promise<Picture> {
  const style = getComputedStyle(document.documentElement);
  const fonts = await Promise.all((live ? FONTS : FONTS.slice(0, 1)).map(fontFace));
  return drawSvg({
    design,
    live,
    ink: (token) => style.getPropertyValue(`--${token}`).trim(),
    fonts: fonts.join(''),
    measure: createMeasure(),
    source: serialize(design),
  });
}

/** Twice as many pixels as units, fewer where a canvas could not hold them; `source` goes along inside. */
export async function paintPng({ svg, width, height }: Picture, source: string): Promise<Blob> {
  const scale = Math.min(2, MOST_PIXELS / Math.max(width, height));
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = context && (await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png')));
    if (!blob) throw new Error('This browser cannot paint a picture this large; save it as SVG.');
    return new Blob([withText(new Uint8Array(await blob.arrayBuffer()), source)], { type: blob.type });
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function fontFace({ family, address }: { family: string; address: string }): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error('The fonts could not be loaded; check the connection and try again.');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `@font-face{font-family:'${family}';font-weight:100 900;src:url(data:font/woff2;base64,${btoa(binary)}) format('woff2')}`;
}

function createMeasure() {
  const context = document.createElement('canvas').getContext('2d');
  return (text: string, size: number, weight: number): number => {
    if (!context) return 0;
    context.font = `${weight} ${size}px 'Inter Variable', system-ui, sans-serif`;
    return context.measureText(text).width;
  };
}
