/**
 * What protects the data of a link: its length and a checksum over form, length and data, before the data. So
 * a cut link is told from a damaged one, and neither is unpacked. It must not know what the data is.
 */
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { crc32 } from './checksum.ts';

/** The length has 16 bits. Also the limit before unpacking: no link people can send is a tenth as long. */
export const MAX_PACKED_BYTES = 65_535;

/** Four bytes checksum, two bytes length: exactly eight characters, so the data starts at a character. */
const HEADER_CHARS = 8;

export type Opened = { readonly data: Uint8Array<ArrayBuffer> } | { readonly reason: string };

/** The payload for `data`, at most `MAX_PACKED_BYTES` long. */
export function seal(data: Uint8Array, form: string): string {
  const length = Uint8Array.of(data.length >> 8, data.length & 255);
  const sum = checksum(form, length, data);
  const sumBytes = Uint8Array.of(sum >>> 24, sum >>> 16, sum >>> 8, sum);
  return toBase64Url(Uint8Array.of(...sumBytes, ...length)) + toBase64Url(data);
}

/** The data of a payload, exactly as it was sealed, or one sentence on what is wrong. */
export function open(payload: string, form: string): Opened {
  const header = fromBase64Url(payload.slice(0, HEADER_CHARS));
  if (payload.length < HEADER_CHARS) return { reason: cutOff('its first characters are missing') };
  if (header === null) return { reason: damaged('it has a character that does not belong there') };
  const size = (header[4] << 8) | header[5];
  const chars = HEADER_CHARS + Math.ceil((size * 8) / 6);
  if (payload.length < chars) return { reason: cutOff(`${payload.length} of ${chars} characters are left`) };
  // Marks of emphasis around a link are letters of our alphabet too; anything else after the end is not
  // forgiven.
  if (!/^[-_]*$/.test(payload.slice(chars))) return { reason: damaged('characters were added at its end') };
  const data = fromBase64Url(payload.slice(HEADER_CHARS, chars));
  if (data === null) return { reason: damaged('it has a character that does not belong there') };
  const sum = new DataView(header.buffer).getUint32(0);
  return sum === checksum(form, header.subarray(4), data)
    ? { data }
    : { reason: damaged('its checksum is wrong') };
}

function checksum(form: string, length: Uint8Array, data: Uint8Array): number {
  const formBytes = new TextEncoder().encode(form);
  const all = new Uint8Array(formBytes.length + length.length + data.length);
  all.set(formBytes);
  all.set(length, formBytes.length);
  all.set(data, formBytes.length + length.length);
  return crc32(all);
}

function cutOff(how: string): string {
  return `This link was cut off: ${how}; copy it again in full.`;
}

function damaged(how: string): string {
  return `This link was damaged on its way: ${how}; copy it again.`;
}
