/** Takes compressed text of foreign files apart, with a limit while it grows. It must not know what is in it. */
import { IntakeProblem } from './sketch.ts';

/** The largest drawing that can be shown has a fraction of this. */
const MOST_CHARACTERS = 8_000_000;

export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/\s+/g, '')), (char) => char.charCodeAt(0));
}

export async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new DecompressionStream('deflate-raw');
  const writer = stream.writable.getWriter();
  // A damaged stream is reported to the reader below; here it would be reported a second time.
  void writer.write(bytes).catch(() => undefined);
  void writer.close().catch(() => undefined);
  const reader = stream.readable.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > MOST_CHARACTERS) {
      await reader.cancel();
      throw new IntakeProblem('Unpacked it would be far larger than any drawing.');
    }
  }
}
