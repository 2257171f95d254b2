/** What a hash is taken over: CRC-32 (IEEE 802.3) of addresses and names, without building texts. */
import { addByte } from '../../model/checksum.ts';
import { headerOf, HEADERS, pathOf, PATHS } from '../routes.ts';
import type { Ask } from './peer.ts';

/** ASCII. */
export function addText(crc: number, text: string): number {
  for (let i = 0; i < text.length; i++) crc = addByte(crc, text.charCodeAt(i));
  return crc;
}

/** A whole number, at least 0, as its decimal digits. */
export function addDigits(crc: number, n: number): number {
  if (n >= 10) crc = addDigits(crc, Math.floor(n / 10));
  return addByte(crc, 48 + (n % 10));
}

/** Adds what identifies a request to a CRC. */
export interface HashKey {
  add(crc: number, ask: Ask): number;
  /** There is nothing to hash, so that the request takes its turn (nginx); never, where it is left out. */
  isEmpty?(ask: Ask): boolean;
}

/** Octet of the address of a visitor: visitor n has the nth address of 10.0.0.0/8 by /24 networks. */
export function addressOctet(session: number, octet: number): number {
  if (octet === 0) return 10 + ((session >> 16) & 0xff);
  return octet === 1 ? (session >> 8) & 0xff : session & 0xff;
}

/** Of layer 4, which reads no requests, where it is to hash what only they say. */
const UNSEEN: HashKey = { add: (crc) => crc, isEmpty: () => true };

const HASH_KEYS: Readonly<Record<'clientIp' | 'session' | 'key' | 'path' | 'header', HashKey>> = {
  /** The visitor's address as text. */
  clientIp: {
    add(crc, { session }) {
      for (let octet = 0; octet < 3; octet++) {
        crc = addByte(addDigits(crc, addressOctet(session, octet)), 46);
      }
      return addDigits(crc, 1);
    },
  },
  session: { add: (crc, { session }) => addDigits(addText(crc, 'user:'), session) },
  key: { add: (crc, { key }) => addDigits(addText(crc, 'key:'), key) },
  path: {
    add: (crc, { route }) => addText(crc, PATHS[pathOf(route)].label),
    isEmpty: ({ route }) => pathOf(route) === 0,
  },
  header: {
    add: (crc, { route }) => addText(crc, HEADERS[headerOf(route)].value),
    isEmpty: ({ route }) => headerOf(route) === 0,
  },
};

export function hashKeyOf({ hashKey, layer }: { readonly hashKey: string; readonly layer: string }): HashKey {
  return layer === 'l4' && isInRequest(hashKey) ? UNSEEN : HASH_KEYS[hashKey as keyof typeof HASH_KEYS];
}

/** Only a request says it, not the connection that it comes over. */
export function isInRequest(hashKey: string): boolean {
  return hashKey === 'key' || hashKey === 'path' || hashKey === 'header';
}
