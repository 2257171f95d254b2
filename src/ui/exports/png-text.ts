/**
 * Text inside a PNG: one `iTXt` chunk under a keyword of ours (PNG, third edition, 11.3.3.4), which every viewer skips.
 * It must not know what the text means.
 */
import { crc32 } from '../../model/checksum.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KEYWORD = 'loadbearing';
/** Length and type before the data of a chunk, checksum behind it. */
const HEAD = 8;
const TAIL = 4;

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/** The picture with the text behind its header, where it is found without reading pixels. */
export function withText(png: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const header = [...chunksOf(png)][0];
  if (!header) throw new Error('These bytes are no PNG.');
  // Keyword, end of keyword, not compressed, no method, no language, no translated keyword.
  const data = new TextEncoder().encode(`${KEYWORD}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(HEAD + data.length + TAIL);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode('iTXt'), 4);
  chunk.set(data, HEAD);
  view.setUint32(HEAD + data.length, crc32(chunk.subarray(4, HEAD + data.length)));
  const whole = new Uint8Array(png.length + chunk.length);
  whole.set(png.subarray(0, header.end));
  whole.set(chunk, header.end);
  whole.set(png.subarray(header.end), header.end + chunk.length);
  return whole;
}

/** The text put into it; null where there is none, or where it was damaged on the way. */
export function textIn(png: Uint8Array): string | null {
  for (const { type, start, end } of chunksOf(png)) {
    if (type !== 'iTXt') continue;
    const data = png.subarray(start + HEAD, end - TAIL);
    const stored = new DataView(png.buffer, png.byteOffset + end - TAIL).getUint32(0);
    const prefix = new TextEncoder().encode(`${KEYWORD}\0\0\0\0\0`);
    const isOurs = prefix.every((byte, at) => data[at] === byte);
    if (isOurs && crc32(png.subarray(start + 4, end - TAIL)) === stored)
      return new TextDecoder().decode(data.subarray(prefix.length));
  }
  return null;
}

/** Stops where a length points beyond the end. */
function* chunksOf(png: Uint8Array): Generator<{ type: string; start: number; end: number }> {
  if (!isPng(png)) return;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let start = SIGNATURE.length; start + HEAD + TAIL <= png.length;) {
    const end = start + HEAD + view.getUint32(start) + TAIL;
    if (end > png.length) return;
    yield { type: String.fromCharCode(...png.subarray(start + 4, start + HEAD)), start, end };
    start = end;
  }
}
