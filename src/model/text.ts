/**
 * A design from the text of a file or the clipboard. Says line and column where the text stops being JSON, in
 * the same words in every browser. It must not know what is in the document.
 */
import { FORMAT } from './document.ts';
import { findJsonFault } from './json.ts';
import { parseDesign, type Parsed } from './parse.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The largest design there can be has about 7 million characters. */
export const MAX_TEXT = 16_000_000;

/** As `parseDesign`, for text. Never throws. */
export function parseDesignText(text: string, vocabulary: Vocabulary): Parsed {
  if (text.length > MAX_TEXT)
    return refuse(`This text is too large for a design: over ${MAX_TEXT} characters.`);
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (json.trim() === '')
    return refuse(`This text is empty; a design is a JSON object of format “${FORMAT}”.`);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return refuse(describeFault(json));
  }
  return parseDesign(value, vocabulary);
}

function refuse(message: string): Parsed {
  return { design: null, problems: [{ path: '$', message, severity: 'error' }] };
}

function describeFault(json: string): string {
  const fault = findJsonFault(json);
  if (fault === null) return 'This text is not valid JSON.';
  const before = json.slice(0, fault.offset).split(/\r\n|\n|\r/);
  const place = `line ${before.length}, column ${before[before.length - 1].length + 1}`;
  return fault.offset >= json.length
    ? `This JSON ends too early, at ${place}: ${fault.expected} is missing.`
    : `This is not valid JSON: ${fault.expected} is expected at ${place}.`;
}
