/**
 * The part of YAML that compose files are written in: mappings, lists, quoted and plain scalars, comments, block texts,
 * one-line lists and mappings, named parts and merged mappings. Tags and further documents are not read and are reported
 * with their line. It must not know what the keys mean.
 */
import { IntakeProblem } from './sketch.ts';
import { NamedParts, type Yaml } from './yaml-names.ts';

export interface YamlText {
  readonly value: Yaml;
  /** What was left out, with its line. */
  readonly remarks: readonly string[];
}

interface Line {
  readonly number: number;
  readonly indent: number;
  readonly text: string;
}

const MOST_NESTED = 24;
/** Blanks before the colon belong to the key, so that no run of them is looked through twice. */
const KEY =
  /^("(?:[^"\\]|\\.)*"\s*|'(?:[^']|'')*'\s*|[^\s#&*!|>%@`"'[\]{},?:-](?:[^:#]|:(?=\S)|(?<=\S)#)*|<<\s*):(?:\s+|$)/;
/** `&name` before a part, and `*name` in its place. */
const NAME = /^&([^\s,[\]{}&*!]+)(?:\s+|$)/;
const REFERENCE = /^\*([^\s,[\]{}]+)\s*(#.*)?$/;
/** A longer list or mapping on one line is no setting. */
const MOST_IN_BRACKETS = 4_000;

export function readYaml(text: string): YamlText {
  const reader = new YamlReader(linesOf(text));
  return { value: reader.block(-1, 0), remarks: reader.remarks };
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .forEach((raw, at) => {
      const indent = raw.length - raw.trimStart().length;
      if (/^\s*\t/.test(raw) && raw.trim() !== '')
        throw new IntakeProblem(`Line ${at + 1} is indented with a tab, which YAML does not allow.`);
      if (raw.trim() !== '' && raw.trim() !== '---') lines.push({ number: at + 1, indent, text: raw.trim() });
    });
  return lines;
}

class YamlReader {
  readonly remarks: string[] = [];
  private readonly named = new NamedParts();
  private at = 0;

  constructor(private readonly lines: readonly Line[]) {}

  /** Everything indented deeper than `outer`. */
  block(outer: number, depth: number): Yaml {
    if (depth > MOST_NESTED)
      throw new IntakeProblem(`Line ${this.lines[this.at].number} is nested too deeply.`);
    this.skipComments();
    const first = this.lines[this.at];
    if (!first || first.indent <= outer) return null;
    if (/^-(\s|$)/.test(first.text)) return this.list(first.indent, depth);
    if (KEY.test(first.text)) return this.mapping(first.indent, depth);
    this.at++;
    return this.scalar(first.text, first);
  }

  private skipComments(): void {
    while (this.lines[this.at]?.text.startsWith('#')) this.at++;
  }

  private list(indent: number, depth: number): Yaml {
    const items: Yaml[] = [];
    for (;;) {
      this.skipComments();
      const line = this.lines[this.at];
      if (!line || line.indent !== indent || !/^-(\s|$)/.test(line.text)) return items;
      const text = line.text.slice(1).trimStart();
      if (KEY.test(text)) {
        // A mapping that begins on the line of its dash.
        const inner = indent + line.text.length - text.length;
        (this.lines as Line[])[this.at] = { ...line, indent: inner, text };
        items.push(this.block(indent, depth + 1));
      } else {
        this.at++;
        items.push(isComment(text) ? this.block(indent, depth + 1) : this.value(text, line, indent, depth));
      }
    }
  }

  private mapping(indent: number, depth: number): Yaml {
    const map = new Map<string, Yaml>();
    const merged: { readonly line: Line; readonly part: Yaml }[] = [];
    for (;;) {
      this.skipComments();
      const line = this.lines[this.at];
      if (!line || line.indent < indent) break;
      this.at++;
      const key = KEY.exec(line.text);
      if (line.indent > indent || !key)
        throw new IntakeProblem(`Line ${line.number} is not understood: “${line.text.slice(0, 40)}”.`);
      const name = unquote(key[1].trim());
      const value = this.value(line.text.slice(key[0].length), line, indent, depth);
      if (name === '<<') merged.push({ line, part: value });
      else map.set(name, value);
    }
    for (const { line, part } of merged) {
      if (!this.named.merge(map, part))
        this.remark(line, 'What is merged (<<) is no mapping and is not read');
    }
    return map;
  }

  /** What follows a key or a dash. */
  private value(text: string, line: Line, indent: number, depth: number): Yaml {
    const name = NAME.exec(text);
    const named = name ? text.slice(name[0].length) : '';
    if (name && !NAME.test(named) && !KEY.test(named)) {
      const part = this.value(named, line, indent, depth);
      this.named.name(name[1], part);
      return part;
    }
    if (isComment(text)) {
      this.skipComments();
      // A list may stand as far left as its key.
      const next = this.lines[this.at];
      if (next && next.indent === indent && /^-(\s|$)/.test(next.text)) return this.list(indent, depth + 1);
      return this.block(indent, depth + 1);
    }
    if (/^[|>][-+0-9]*\s*(#.*)?$/.test(text)) return this.blockText(indent);
    return this.scalar(text, line);
  }

  private blockText(indent: number): string {
    const rows: string[] = [];
    while (this.lines[this.at] && this.lines[this.at].indent > indent) rows.push(this.lines[this.at++].text);
    return rows.join('\n');
  }

  private scalar(text: string, line: Line): Yaml {
    if (/^[[{]/.test(text)) return this.flow(text, line);
    const reference = REFERENCE.exec(text);
    if (reference) {
      const part = this.named.get(reference[1]);
      if (part === undefined) this.remark(line, `Nothing above is named “${reference[1].slice(0, 30)}”`);
      return part ?? null;
    }
    if (/^[*!&]/.test(text)) {
      this.remark(line, `“${text.slice(0, 30)}” is not read`);
      return null;
    }
    if (/^["']/.test(text)) {
      const whole = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(#.*)?$/.exec(text);
      if (!whole) throw new IntakeProblem(`The quoted text in line ${line.number} does not end there.`);
      return unquote(whole[1]);
    }
    const bare = text.replace(/(?<=\s)#.*$/, '').trim();
    return bare === '' || bare === '~' || bare === 'null' ? null : bare;
  }

  /** `[a, "b"]` and `{a: b}` on one line; nested ones are not read. */
  private flow(text: string, line: Line): Yaml {
    const whole = text.length <= MOST_IN_BRACKETS && /^([[{])([^[\]{}]*)[\]}]\s*(#.*)?$/.exec(text);
    if (!whole) {
      this.remark(
        line,
        'A list or mapping in brackets that is nested, very long or over several lines is not read',
      );
      while (this.lines[this.at] && this.lines[this.at].indent > line.indent) this.at++;
      return null;
    }
    const parts = whole[2].match(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,"'][^,]*/g) ?? [];
    const items = parts.map((part) => part.trim()).filter((part) => part !== '');
    if (whole[1] === '[') return items.map((item) => this.scalar(item, line));
    return new Map(
      items.map((item): [string, Yaml] => {
        const colon = item.indexOf(':');
        if (colon < 0) return [item, null];
        return [unquote(item.slice(0, colon).trim()), this.scalar(item.slice(colon + 1).trim(), line)];
      }),
    );
  }

  private remark(line: Line, what: string): void {
    this.remarks.push(`${what} (line ${line.number}).`);
  }
}

function isComment(text: string): boolean {
  return text === '' || text.startsWith('#');
}

function unquote(text: string): string {
  if (/^'.*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  if (!/^".*"$/.test(text)) return text;
  return text.slice(1, -1).replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));
}
