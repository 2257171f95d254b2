/** The design as a Mermaid flowchart: shapes by role, regions as subgraphs, kinds as class names. */
import type { Role } from '../../kinds/contract.ts';
import type { Design, DesignNode } from '../../model/document.ts';
import { specOf } from '../canvas/flow.ts';

const SHAPE: Readonly<Record<Role, readonly [open: string, close: string]>> = {
  source: ['([', '])'],
  proxy: ['{{', '}}'],
  compute: ['[', ']'],
  lookaside: ['[[', ']]'],
  store: ['[(', ')]'],
};

export function toMermaid(design: Design): string {
  const keys = new Map(
    [...design.nodes, ...design.groups].map((element, at) => [
      element.id,
      at < design.nodes.length ? `n${at + 1}` : `g${at + 1 - design.nodes.length}`,
    ]),
  );
  const line = (node: DesignNode) => {
    const [open, close] = SHAPE[specOf(node.kind)?.role ?? 'compute'];
    return `${keys.get(node.id)}${open}"${escape(node.label)}"${close}:::${node.kind}`;
  };
  const known = new Set(design.groups.map(({ id }) => id));
  const inside = (group: string | undefined, indent: string): string[] => {
    const isHere = (parent: string | undefined) =>
      group === undefined ? parent === undefined || !known.has(parent) : parent === group;
    return [
      ...design.groups
        .filter(({ parent }) => isHere(parent))
        .flatMap(({ id, label }) => [
          `${indent}subgraph ${keys.get(id)}["${escape(label)}"]`,
          ...inside(id, `${indent}  `),
          `${indent}end`,
        ]),
      ...design.nodes.filter((node) => isHere(node.group)).map((node) => indent + line(node)),
    ];
  };
  const links = design.links.map(({ from, to }) => `  ${keys.get(from)} --> ${keys.get(to)}`);
  return ['flowchart LR', ...inside(undefined, '  '), ...links, ''].join('\n');
}

/** Mermaid's own escapes, so that no name can end its quotes or bring markup. */
function escape(text: string): string {
  return text.replace(/[&"<>#`\\]/g, (char) => (char === '"' ? '#quot;' : `#${char.charCodeAt(0)};`));
}
