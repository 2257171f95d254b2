/**
 * A design as the fragment of an address, `a1.<payload>`, and back. The payload is columns of JSON, deflated,
 * under a checksum, in base64url. Reading never throws, whatever the text. It must not know addresses or
 * browsers.
 */
import type { Design } from './document.ts';
import { MAX_PACKED_BYTES, open, seal } from './envelope.ts';
import type { LinkExtras } from './extras.ts';
import { findPayload, LINK_FORM } from './link-text.ts';
import { deflate, inflate } from './packing.ts';
import { parseDesign } from './parse.ts';
import { fromPositional, toPositional } from './positional.ts';
import type { Problem } from './problems.ts';
import type { Vocabulary } from './vocabulary.ts';

export type { LinkExtras } from './extras.ts';

/** The columns of the largest design there can be take a quarter of this. */
export const MAX_INFLATED_BYTES = 8_000_000;

/** What a link held, or one sentence on why it cannot be opened. */
export type DecodedLink =
  | {
      readonly ok: true;
      readonly design: Design;
      readonly extras: LinkExtras;
      /** What parsing had to change; empty for a link made by this version of the vocabulary. */
      readonly problems: readonly Problem[];
    }
  | { readonly ok: false; readonly reason: string };

/**
 * The fragment for a design, without `#`. Positions are rounded to whole units; of views only that in
 * `extras` goes along.
 * @throws RangeError when the design is too large for any link; its message says so to people.
 */
export async function encodeLink(
  design: Design,
  extras: LinkExtras,
  vocabulary: Vocabulary,
): Promise<string> {
  const columns = new TextEncoder().encode(JSON.stringify(toPositional(design, extras, vocabulary)));
  const packed = await deflate(columns);
  if (columns.length > MAX_INFLATED_BYTES || packed.length > MAX_PACKED_BYTES) {
    throw new RangeError('This design is too large for a link; save it as a file and send that.');
  }
  return `${LINK_FORM}.${seal(packed, LINK_FORM)}`;
}

/** Reads a fragment, an address, or text around one. Never rejects. */
export async function decodeLink(text: string, vocabulary: Vocabulary): Promise<DecodedLink> {
  try {
    return await readLink(text, vocabulary);
  } catch {
    return refuse('This link holds no readable design; ask for a new one.');
  }
}

async function readLink(text: string, vocabulary: Vocabulary): Promise<DecodedLink> {
  const found = findPayload(text);
  if ('reason' in found) return refuse(found.reason);
  const opened = open(found.payload, LINK_FORM);
  if ('reason' in opened) return refuse(opened.reason);
  const bytes = await inflate(opened.data, MAX_INFLATED_BYTES);
  if (bytes === 'too large') {
    return refuse(`This link is too large: it unpacks to more than ${MAX_INFLATED_BYTES / 1_000_000} MB.`);
  }
  // The checksum was right, so such a link was not damaged but made wrong: the catch above has the sentence.
  if (bytes === 'broken') throw new Error('not one deflate stream');
  const columns: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  const read = fromPositional(columns, vocabulary);
  if (read === null) throw new Error('no columns');
  const { design, problems } = parseDesign(read.document, vocabulary);
  if (design === null) return refuse(problems[0].message);
  return { ok: true, design, extras: read.extras, problems };
}

function refuse(reason: string): DecodedLink {
  return { ok: false, reason };
}
