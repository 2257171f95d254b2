/** Which foreign format a text is in, and the design in it. It must not know the screen or storage. */
import { isCompose, readCompose } from './compose.ts';
import { isDrawio, readDrawio } from './drawio.ts';
import { isMermaid, readMermaid } from './mermaid.ts';
import { designOf, IntakeProblem, type Intake } from './sketch.ts';

/** Far above any file somebody wrote or drew. */
const MOST_CHARACTERS = 4_000_000;

export type ForeignReading = Intake | { readonly refused: string };

/** Null for a text in none of these formats. */
export async function readForeign(text: string, name: string): Promise<ForeignReading | null> {
  const head = text.slice(0, 10_000);
  const read = isMermaid(head)
    ? readMermaid
    : isDrawio(head)
      ? readDrawio
      : isCompose(text)
        ? readCompose
        : null;
  if (!read) return null;
  if (text.length > MOST_CHARACTERS)
    return { refused: `It is too large: over ${MOST_CHARACTERS.toLocaleString('en-US')} characters.` };
  try {
    return designOf(await read(text), name);
  } catch (reason) {
    if (reason instanceof IntakeProblem) return { refused: reason.message };
    throw reason;
  }
}
