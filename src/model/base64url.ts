/**
 * Bytes as text that survives addresses and chat tools: base64url (RFC 4648, section 5) without padding.
 * Decoding accepts exactly what encoding gives, so that no two texts mean the same bytes.
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Map([...ALPHABET].map((char, value) => [char.charCodeAt(0), value]));

export function toBase64Url(bytes: Uint8Array): string {
  const chars: string[] = [];
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 6; bits -= 6) chars.push(ALPHABET[(held >> (bits - 6)) & 63]);
    held &= (1 << bits) - 1;
  }
  if (bits > 0) chars.push(ALPHABET[(held << (6 - bits)) & 63]);
  return chars.join('');
}

/**
 * `null` for any text `toBase64Url` would not give: foreign characters, impossible length, stray bits at the
 * end.
 */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array((text.length * 6) >> 3);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const value = VALUES.get(text.charCodeAt(i));
    if (value === undefined) return null;
    held = (held << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = held >> bits;
      held &= (1 << bits) - 1;
    }
  }
  return bits < 6 && held === 0 ? bytes : null;
}
