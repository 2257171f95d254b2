/**
 * CRC-32 as in zip and PNG (ISO 3309, reversed polynomial EDB88320). It finds every change of up to 32 bits
 * in a row, hence every flipped bit and every changed character, and all but one in four billion of other
 * changes.
 */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** The checksum of the bytes, 0 … 2³²−1. */
export function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = TABLE[(rest ^ byte) & 255] ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}
