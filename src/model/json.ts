/**
 * Finds where a text stops being JSON. The messages of `JSON.parse` differ between browsers and often lack
 * the place. Not a parser: it builds nothing. Nesting uses a stack of its own, so depth cannot exhaust the
 * real one.
 */

export interface JsonFault {
  /** Index of the first character that cannot stand there; the length of the text when it ends too early. */
  readonly offset: number;
  /** What should be there: `a comma or “}”`. */
  readonly expected: string;
}

type Awaited = 'value' | 'value or ]' | 'name' | 'name or }' | 'colon' | 'comma or close' | 'end';

const EXPECTED: Record<Awaited, string> = {
  value: 'a value',
  'value or ]': 'a value or “]”',
  name: 'a name in double quotes',
  'name or }': 'a name in double quotes or “}”',
  colon: 'a colon',
  'comma or close': 'a comma or a closing bracket',
  end: 'the end of the text',
};

const NUMBER_OR_WORD = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;

/** The first fault of a text, or `null` when it is valid JSON. */
export function findJsonFault(text: string): JsonFault | null {
  const open: ('{' | '[')[] = [];
  let awaited: Awaited = 'value';
  const afterValue = (): Awaited => (open.length === 0 ? 'end' : 'comma or close');
  for (let i = skipSpace(text, 0); i < text.length; i = skipSpace(text, i)) {
    const char = text[i];
    const inObject = open[open.length - 1] === '{';
    const canClose: boolean =
      awaited === 'comma or close' || awaited === (inObject ? 'name or }' : 'value or ]');
    if (canClose && open.length > 0 && char === (inObject ? '}' : ']')) {
      open.pop();
      awaited = afterValue();
      i++;
    } else if (awaited === 'comma or close' && char === ',') {
      awaited = inObject ? 'name' : 'value';
      i++;
    } else if (awaited === 'colon' && char === ':') {
      awaited = 'value';
      i++;
    } else if ((awaited === 'name' || awaited === 'name or }') && char === '"') {
      const end = endOfString(text, i);
      if (end < 0) return { offset: -end, expected: 'a closing quote or a valid character' };
      awaited = 'colon';
      i = end;
    } else if (awaited === 'value' || awaited === 'value or ]') {
      const end = endOfScalar(text, i);
      if (end < 0) return { offset: -end, expected: 'a closing quote or a valid character' };
      if (end > i) awaited = afterValue();
      else if (char === '{' || char === '[') {
        open.push(char);
        awaited = char === '{' ? 'name or }' : 'value or ]';
      } else return { offset: i, expected: EXPECTED[awaited] };
      i = Math.max(end, i + 1);
    } else return { offset: i, expected: EXPECTED[awaited] };
  }
  return awaited === 'end' ? null : { offset: text.length, expected: EXPECTED[awaited] };
}

function skipSpace(text: string, start: number): number {
  let i = start;
  while (text[i] === ' ' || text[i] === '\n' || text[i] === '\r' || text[i] === '\t') i++;
  return i;
}

/**
 * Index after the string, number or word at `start`; `start` when there is none; minus the place of a fault.
 */
function endOfScalar(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start);
  NUMBER_OR_WORD.lastIndex = start;
  return NUMBER_OR_WORD.test(text) ? NUMBER_OR_WORD.lastIndex : start;
}

/** Index after the string whose opening quote is at `start`, or minus the place where it goes wrong. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 0x22) return i + 1;
    if (code < 0x20) return -i;
    if (code !== 0x5c) i++;
    else if ('"\\/bfnrt'.includes(text[i + 1] ?? ' ')) i += 2;
    else if (/^u[0-9a-fA-F]{4}$/.test(text.slice(i + 1, i + 6))) i += 6;
    else return -i;
  }
  return -text.length;
}
