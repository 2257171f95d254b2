/**
 * The one way a design is written to a file: fixed order of keys, params by name, defaults left out, one
 * element per line so that two versions compare well. It must not know where the text goes.
 */
import type { Design, DesignLink, DesignNode, Drill, Group, Note } from './document.ts';
import type { ParamOverrides, ParamValue } from './params.ts';
import type { Network } from './places.ts';

/**
 * The text of a design for files. Equal designs give equal texts; parsing it gives the design back. `schema`: address of
 * the JSON Schema, by which other editors can check and complete it.
 */
export function serialize(design: Design, schema?: string): string {
  const { viewport, network } = design;
  const parts = [
    ...(schema === undefined ? [] : [`"$schema": ${JSON.stringify(schema)}`]),
    `"format": ${JSON.stringify(design.format)}`,
    `"name": ${JSON.stringify(design.name)}`,
    `"seed": ${design.seed}`,
    writeList('nodes', design.nodes.map(orderNode)),
    writeList('links', design.links.map(orderLink)),
  ];
  if (design.groups.length > 0) parts.push(writeList('groups', design.groups.map(orderGroup)));
  if (design.notes.length > 0) parts.push(writeList('notes', design.notes.map(orderNote)));
  if (design.drills.length > 0) parts.push(writeList('drills', design.drills.map(orderDrill)));
  if (network !== undefined) parts.push(`"network": ${writeLine(orderNetwork(network))}`);
  if (viewport !== undefined) {
    parts.push(`"viewport": ${writeLine({ x: viewport.x, y: viewport.y, zoom: viewport.zoom })}`);
  }
  return `{\n  ${parts.join(',\n  ')}\n}\n`;
}

/** Whether two designs say the same. Where one looks (the viewport) is no part of what they say. */
export function equalDesigns(a: Design, b: Design): boolean {
  return a === b || serialize(withoutViewport(a)) === serialize(withoutViewport(b));
}

export function withoutViewport(design: Design): Design {
  if (design.viewport === undefined) return design;
  const { viewport: _, ...rest } = design;
  return rest;
}

function writeList(name: string, elements: readonly object[]): string {
  if (elements.length === 0) return `"${name}": []`;
  return `"${name}": [\n    ${elements.map(writeLine).join(',\n    ')}\n  ]`;
}

/** Pretty JSON on one line. Line breaks inside strings are escaped, so those found are only layout. */
function writeLine(value: object): string {
  return JSON.stringify(value, null, 1).replace(/\n */g, ' ');
}

function orderNode({ id, kind, label, position, params, group }: DesignNode): object {
  const placed = { id, kind, label, position: { x: position.x, y: position.y } };
  return { ...placed, ...writeParams(params), ...(group === undefined ? {} : { group }) };
}

function orderLink({ id, from, to, params }: DesignLink): object {
  return { id, from, to, ...writeParams(params) };
}

function orderGroup({ id, kind, label, parent, collapsed, place }: Group): object {
  const named = { id, kind, label, ...(parent === undefined ? {} : { parent }) };
  const drawn = collapsed === undefined ? named : { ...named, collapsed };
  return place === undefined ? drawn : { ...drawn, place };
}

function orderNote({ id, text, position }: Note): object {
  return { id, text, position: { x: position.x, y: position.y } };
}

function orderDrill({ id, name, hypothesis, durationMs, steps, expectations }: Drill): object {
  return {
    id,
    name,
    ...(hypothesis === '' ? {} : { hypothesis }),
    durationMs,
    steps: steps.map(({ atMs, target, unit, fault, factor }) => ({ atMs, target, unit, fault, factor })),
    expectations: expectations.map(({ subject, measure, is, value, fromMs, toMs }) => {
      return { subject, measure, is, value, fromMs, toMs };
    }),
  };
}

function orderNetwork({ params, roundTrips }: Network): object {
  const pairs = roundTrips.map(({ from, to, rttMs }) => ({ from, to, rttMs }));
  return { ...writeParams(params), ...(pairs.length === 0 ? {} : { roundTrips: pairs }) };
}

function writeParams(params: ParamOverrides): { params?: Record<string, ParamValue> } {
  const names = Object.keys(params).sort();
  if (names.length === 0) return {};
  return { params: Object.fromEntries(names.map((name) => [name, params[name]])) };
}
