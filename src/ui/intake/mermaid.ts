/**
 * Reads a Mermaid flowchart: nodes in all their brackets, chains and `&`, subgraphs, class names. It must not know what
 * comes of it.
 */
import { MAX_LINKS } from '../../model/document.ts';
import { IntakeProblem, type Sketch, type SketchNode } from './sketch.ts';

/** Ways to write a node's text; the first bracket that fits is taken, so longer ones come first. */
const BRACKETS: readonly (readonly [string, string])[] = [
  ['(((', ')))'],
  ['([', '])'],
  ['[(', ')]'],
  ['[[', ']]'],
  ['((', '))'],
  ['{{', '}}'],
  ['[/', '/]'],
  ['[/', '\\]'],
  ['[\\', '\\]'],
  ['[\\', '/]'],
  ['>', ']'],
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
];
const ARROW =
  /^\s*(?:(?:<|x|o)?(?:--|==)\s+[^|\n]{1,200}?\s+(?:-{2,}|={2,})[>xo]?|(?:<|x|o)?-\.\s[^|\n]{1,200}?\s\.-+>?|(?:<|[xo](?=[-=]))?(?:-{2,}|={2,}|-\.+-)(?:>|[xo](?=\s|\|))?)\s*(?:\|[^|\n]{0,200}\|)?\s*/;
const START = /^(?:flowchart|graph)(?:-elk)?\b(?:\s+(?:TB|TD|BT|RL|LR))?/;
/** Lines that say how it looks or where a click leads. */
const LOOKS = /^(?:classDef|style|linkStyle|click|accTitle|accDescr)\b/;

interface Draft {
  label: string;
  kind?: string;
  group?: string;
}

export function isMermaid(text: string): boolean {
  return START.test(withoutPreamble(text));
}

export function readMermaid(text: string): Sketch {
  const reader = new Reader();
  const statements = withoutPreamble(text).replace(START, '').split('\n').flatMap(statementsOf);
  // Runs of blanks mean one; left as they are, they would make some patterns slow.
  for (const statement of statements) reader.read(statement.replace(/\s+/g, ' ').trim());
  return reader.sketch();
}

function withoutPreamble(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .trimStart()
    .replace(/^```mermaid\n([\s\S]*?)\n```[\s\S]*$/, '$1')
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/^[ \t]*%%.*$/gm, '')
    .trimStart();
}

/** A semicolon ends a statement, but not within quotes or brackets, nor at the end of an entity. */
function statementsOf(line: string): string[] {
  const statements = [''];
  let isQuoted = false;
  let depth = 0;
  for (const part of line.match(/[#&]\w{1,10};|[^"()[\]{};#&]+|[\s\S]/g) ?? []) {
    if (part === '"') isQuoted = !isQuoted;
    else if (!isQuoted && /^[([{]$/.test(part)) depth++;
    else if (!isQuoted && /^[)\]}]$/.test(part)) depth--;
    if (part === ';' && !isQuoted && depth <= 0) statements.push('');
    else statements[statements.length - 1] += part;
  }
  return statements;
}

class Reader {
  private readonly nodes = new Map<string, Draft>();
  private readonly links: { from: string; to: string }[] = [];
  private readonly groups: { key: string; label: string; parent?: string }[] = [];
  private readonly inside: string[] = [];
  private readonly remarks: string[] = [];

  read(line: string): void {
    if (line.length > MOST_IN_STATEMENT)
      return void this.remarks.push(`Left out, because it is too long: “${line.slice(0, 60)}…”.`);
    if (line === '' || LOOKS.test(line) || /^direction\s/.test(line)) return;
    if (line === 'end') return void this.inside.pop();
    if (/^subgraph\b/.test(line)) return this.openGroup(line.slice('subgraph'.length).trim());
    const classes = /^class\s+([\w,\s-]+?)\s+([\w-]+)$/.exec(line);
    if (classes) {
      for (const id of classes[1].split(',')) this.name(id.trim(), undefined, classes[2]);
      return;
    }
    if (!this.chain(line)) {
      const shown = line.length > 60 ? `${line.slice(0, 60)}…` : line;
      this.remarks.push(`Not understood and left out: “${shown}”.`);
    }
  }

  sketch(): Sketch {
    if (this.inside.length > 0)
      this.remarks.push('A subgraph has no “end”; it is taken to end with the text.');
    const keys = new Set(this.groups.map(({ key }) => key));
    const links = this.links.filter(({ from, to }) => !keys.has(from) && !keys.has(to));
    const lost = this.links.length - links.length;
    if (lost > 0)
      this.remarks.push(`${lost} links to or from a whole subgraph are left out: here components call.`);
    const nodes: SketchNode[] = [...this.nodes]
      .filter(([key]) => !keys.has(key))
      .map(([key, draft]) => ({ key, ...draft }));
    return { what: 'a Mermaid flowchart', nodes, links, groups: this.groups, remarks: this.remarks };
  }

  private openGroup(rest: string): void {
    const match = /^([\w-]+)\s*\[(.*)\]$/.exec(rest);
    const label = plain(match ? match[2] : rest);
    const key = match ? match[1] : rest;
    const parent = this.inside.at(-1);
    if (this.inside.length >= MOST_NESTED) throw new IntakeProblem('Its subgraphs are nested too deeply.');
    this.inside.push(key);
    if (this.groups.some((group) => group.key === key)) return;
    this.groups.push({ key, label: label || 'Group', ...(parent === undefined ? {} : { parent }) });
  }

  /** `a --> b & c --> d`: false, with nothing taken from it, when a part of it is not understood. */
  private chain(line: string): boolean {
    const named: Named[] = [];
    const links: { from: string; to: string }[] = [];
    let rest = line;
    let before: readonly Named[] = [];
    for (;;) {
      const [some, after] = several(rest);
      if (some.length === 0) return false;
      named.push(...some);
      // Asked before they are made: a line of two long lists means millions.
      if (this.links.length + links.length + before.length * some.length > MAX_LINKS)
        throw new IntakeProblem(`It has more than ${MAX_LINKS.toLocaleString('en-US')} links.`);
      for (const from of before) for (const to of some) links.push({ from: from.id, to: to.id });
      if (after.trim() === '') break;
      const arrow = ARROW.exec(after);
      if (!arrow || arrow[0].trim() === '') return false;
      before = some;
      rest = after.slice(arrow[0].length);
    }
    for (const { id, label, kind } of named) this.name(id, label, kind);
    this.links.push(...links);
    return true;
  }

  private name(key: string, label?: string, kind?: string): void {
    if (key === '') return;
    const draft = this.nodes.get(key) ?? { label: key };
    const group = draft.group ?? this.inside.at(-1);
    this.nodes.set(key, {
      label: label ?? draft.label,
      ...(kind ? { kind } : draft.kind ? { kind: draft.kind } : {}),
      ...(group === undefined ? {} : { group }),
    });
  }
}

const MOST_NESTED = 8;
/** Far above any statement somebody wrote. */
const MOST_IN_STATEMENT = 20_000;

interface Named {
  readonly id: string;
  readonly label: string | undefined;
  readonly kind: string | undefined;
}

/** `a[Text]:::kind & b`; nothing when one of them is not understood. */
function several(text: string): [named: Named[], rest: string] {
  const named: Named[] = [];
  let rest = text;
  for (;;) {
    const id = /^\s*([\p{L}\p{N}_]+(?:[-.](?=[\p{L}\p{N}_])[\p{L}\p{N}_]+)*)/u.exec(rest);
    if (!id) return [[], rest];
    rest = rest.slice(id[0].length);
    const inside = textIn(rest);
    if (inside) rest = rest.slice(inside.length);
    const style = /^:::([\w-]+)/.exec(rest);
    if (style) rest = rest.slice(style[0].length);
    named.push({ id: id[1], label: inside?.label, kind: style?.[1] });
    const and = /^\s*&/.exec(rest);
    if (!and) return [named, rest];
    rest = rest.slice(and[0].length);
  }
}

function textIn(rest: string): { label: string; length: number } | null {
  for (const [open, close] of BRACKETS) {
    if (!rest.startsWith(open)) continue;
    const inner = rest.slice(open.length);
    const quoted = /^\s*"([^"]*)"\s*/.exec(inner);
    if (quoted && inner.startsWith(close, quoted[0].length))
      return { label: plain(quoted[1]), length: open.length + quoted[0].length + close.length };
    const end = inner.indexOf(close);
    if (!quoted && end >= 0)
      return { label: plain(inner.slice(0, end)), length: open.length + end + close.length };
  }
  return null;
}

const ENTITIES: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', nbsp: ' ' };

/** Without quotes, entities and tags. */
function plain(text: string): string {
  return text
    .trim()
    .replace(/^"([\s\S]*)"$/, '$1')
    .replace(/^`([\s\S]*)`$/, '$1')
    .replace(/<[^<>]{1,100}>/g, ' ')
    .replace(/[#&](\w+);/g, (whole, name: string) => {
      if (Object.hasOwn(ENTITIES, name)) return ENTITIES[name];
      const code = /^\d{1,6}$/.test(name) ? Number(name) : 0;
      return code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
}
