/**
 * CRC-32 as in zip and PNG (ISO 3309, reversed polynomial EDB88320). It finds every change of up to 32 bits
 * in a row, hence every flipped bit and every changed character, and all but one in four billion of other
 * changes.
 */

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** What a checksum that is taken byte by byte starts from; `finish` makes it one. */
export const CRC_START = -1;

export function addByte(rest: number, byte: number): number {
  return TABLE[(rest ^ byte) & 255] ^ (rest >>> 8);
}

/** 0 … 2³²−1. */
export function finish(rest: number): number {
  return ~rest >>> 0;
}

/** The checksum of the bytes, 0 … 2³²−1. */
export function crc32(bytes: Uint8Array): number {
  let rest = CRC_START;
  for (const byte of bytes) rest = addByte(rest, byte);
  return finish(rest);
}
