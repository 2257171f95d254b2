/**
 * Plain text in a design: what characters it may hold and how long it may be. Cleaning twice gives the same
 * as cleaning once. It must not know where the text stands.
 */

// C0 and C1 controls, line and paragraph separators, byte order mark, and the marks that reorder what
// follows.
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]/g;
const CONTROLS_BUT_LINES =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]/g;
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Text on one line: controls out (tabs and line breaks become spaces), trimmed, at most `limit` code units.
 */
export function cleanLine(text: string, limit: number): string {
  const head = text.slice(0, roomFor(limit));
  return cut(head.replace(/[\t\n\r]+/g, ' ').replace(CONTROLS, ''), limit);
}

/** Text of several lines: as `cleanLine`, but line breaks stay, as `\n`. */
export function cleanLines(text: string, limit: number): string {
  const head = text.slice(0, roomFor(limit));
  return cut(head.replace(/\r\n?/g, '\n').replace(/\t/g, ' ').replace(CONTROLS_BUT_LINES, ''), limit);
}

/** How much of a foreign text is looked at: cleaning a megabyte to keep 80 characters helps nobody. */
function roomFor(limit: number): number {
  return limit * 4 + 64;
}

function cut(text: string, limit: number): string {
  return text.replace(LONE_SURROGATES, '').trim().slice(0, limit).replace(LONE_SURROGATES, '').trim();
}
