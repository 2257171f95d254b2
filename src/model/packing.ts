/**
 * Bytes made smaller and back: raw deflate by the platform's own streams (Node, browsers and workers have
 * them). Inflating stops at a limit while it runs, so that a small bomb cannot fill the memory.
 */

export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const read = await run(new CompressionStream('deflate-raw'), bytes, Number.MAX_SAFE_INTEGER);
  if (!(read instanceof Uint8Array)) throw new Error('The platform could not compress the data.');
  return read;
}

/** Why inflating failed: more bytes than allowed, or not exactly one complete deflate stream. */
export type InflateFault = 'too large' | 'broken';

/** The inflated bytes, or why not. Never rejects. */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | InflateFault> {
  const whole = await run(new DecompressionStream('deflate-raw'), bytes, limit);
  if (!(whole instanceof Uint8Array)) return whole;
  // Some platforms ignore bytes after the end. A stream that is complete without its last byte has such
  // bytes.
  const shorter = await run(new DecompressionStream('deflate-raw'), bytes.subarray(0, -1), limit);
  return shorter === 'broken' ? whole : 'broken';
}

async function run(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | InflateFault> {
  const writer = stream.writable.getWriter();
  // The reading side reports every failure; unheard rejections of the writing side would end a Node process.
  const ignore = (): void => undefined;
  writer.closed.catch(ignore);
  writer.write(bytes).catch(ignore);
  writer.close().catch(ignore);
  const reader = stream.readable.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.length;
      if (size > limit) {
        reader.cancel().catch(ignore);
        return 'too large';
      }
      chunks.push(next.value);
    }
  } catch {
    return 'broken';
  }
  return join(chunks, size);
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
