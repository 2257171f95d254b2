/**
 * The only place where a design becomes a running system, and where an edited design changes a running one. Nodes and
 * links are taken in order of their ids, so that their order in a file changes nothing.
 */
import { Link } from '../engine/link/link.ts';
import { Source } from '../engine/station/source.ts';
import { Station } from '../engine/station/station.ts';
import { System } from '../engine/system.ts';
import { KINDS } from '../kinds/catalog.ts';
import { LINK_PARAMS } from '../kinds/link.ts';
import { linkSettings } from '../kinds/linksettings.ts';
import type { Design, DesignLink, DesignNode } from '../model/document.ts';
import { inOrderOfId } from '../model/order.ts';
import { type ParamOverrides, type ParamTable, withDefaults } from '../model/params.ts';
import { groupsAround } from '../model/standing.ts';
import { placeLinks } from './distances.ts';

/** A design at work: the system, and the way from ids of the document to its parts. */
export interface Running {
  readonly system: System;
  /** The design it matches now. */
  design: Design;
  readonly stations: Map<string, Station>;
  readonly links: Map<string, Link>;
  /** Ids of the links that are cut now, and of the groups that are cut off. */
  readonly cut: Set<string>;
}

/** `windowMs`: length of the windows of the statistics. */
export function assemble(design: Design, windowMs: number): Running {
  const system = new System(design.seed, windowMs);
  const running: Running = { system, design, stations: new Map(), links: new Map(), cut: new Set() };
  for (const node of inOrderOfId(design.nodes)) addStation(running, node);
  setRegions(running, design);
  for (const link of inOrderOfId(design.links)) addLink(running, link);
  wire(running);
  placeLinks(running);
  return running;
}

/** Makes the running system match the edited design from now on. Untouched parts do not notice. */
export function applyDesign(running: Running, design: Design): void {
  const before = running.design;
  if (before === design) return;
  running.design = design;
  const changes = [
    ...removeLinks(running, before, design),
    ...removeStations(running, before, design),
    ...changeNodes(running, before, design),
    ...changeLinks(running, before, design),
    ...changesOfPlace(before, design),
  ];
  setRegions(running, design);
  if (changes.length > 0) wire(running);
  forgetCuts(running);
  placeLinks(running);
  if (changes.length === 0) return;
  const { core } = running.system;
  const more = changes.length > 3 ? ` and ${changes.length - 3} more` : '';
  core.journal.write(core.now, 'info', 'edit', `Edited: ${changes.slice(0, 3).join(', ')}${more}`, null);
}

function addStation(running: Running, node: DesignNode): void {
  const { system } = running;
  const kind = KINDS[node.kind];
  if (!kind) throw new Error(`There is no kind "${node.kind}" (node ${node.id})`);
  const station = new Station(system.core, node.id, node.label, system.stations.length, system.links);
  const behaviour = kind.build(withDefaults(kind.spec.params, node.params), station);
  system.stations.push(station);
  running.stations.set(node.id, station);
  if (behaviour instanceof Source) system.sources.push(behaviour);
}

function addLink(running: Running, { id, from, to, params }: DesignLink): void {
  const { system, stations } = running;
  const caller = stations.get(from);
  const callee = stations.get(to);
  if (!caller || !callee)
    throw new Error(`Link ${id} leads from ${from} to ${to}, and one of them does not exist`);
  const link = new Link(system.core, id, system.links.length, caller, callee, linkSettings(params));
  system.links.push(link);
  running.links.set(id, link);
  caller.outgoing.push(link);
  callee.incoming.push(link);
}

/** What was deleted is cut no more, should undo bring it back. */
function forgetCuts({ cut, links, design }: Running): void {
  for (const id of cut) if (!links.has(id) && design.groups.every((group) => group.id !== id)) cut.delete(id);
}

function wire({ system }: Running): void {
  for (const station of system.stations) station.behaviour.wired();
}

function setRegions({ stations }: Running, design: Design): void {
  const groups = new Map(design.groups.map((g) => [g.id, g]));
  for (const node of design.nodes) {
    const station = stations.get(node.id);
    if (!station) continue;
    const around = groupsAround(groups, node.group).map((id) => groups.get(id)!);
    station.region = around[0]?.label ?? '';
    station.group = around[0]?.id ?? '';
    station.place = around.find((group) => group.place !== undefined)?.place ?? '';
    station.zone = around.find((group) => group.kind === 'zone')?.id ?? '';
  }
}

function changesOfPlace(before: Design, after: Design): string[] {
  const old = byId(before.groups);
  const moved = after.groups.filter(({ id, place }) => old.has(id) && old.get(id)!.place !== place);
  return [
    ...moved.map(({ label, place }) => `${label} stands ${place ? `in ${place}` : 'nowhere in particular'}`),
    ...(before.network === after.network ? [] : ['round-trip times changed']),
  ];
}

const byId = <T extends { readonly id: string }>(items: readonly T[]) => new Map(items.map((i) => [i.id, i]));

function removeLinks(running: Running, before: Design, after: Design): string[] {
  const kept = byId(after.links);
  const nodes = byId(after.nodes);
  const changes: string[] = [];
  for (const { id, from, to } of inOrderOfId(before.links)) {
    const now = kept.get(id);
    const sameEnds = now && now.from === from && now.to === to && nodes.has(from) && nodes.has(to);
    if (sameEnds && sameKind(before, after, from) && sameKind(before, after, to)) continue;
    const link = running.links.get(id)!;
    link.detach();
    running.links.delete(id);
    changes.push(`link from ${link.caller.label} to ${link.callee.label} removed`);
  }
  return changes;
}

function sameKind(before: Design, after: Design, id: string): boolean {
  const kindIn = (design: Design) => design.nodes.find((n) => n.id === id)?.kind;
  return kindIn(before) === kindIn(after);
}

function removeStations(running: Running, before: Design, after: Design): string[] {
  const kept = byId(after.nodes);
  const changes: string[] = [];
  for (const { id, kind, label } of inOrderOfId(before.nodes)) {
    if (kept.get(id)?.kind === kind) continue;
    running.stations.get(id)!.detach();
    running.stations.delete(id);
    changes.push(`${label} removed`);
  }
  return changes;
}

function changeNodes(running: Running, before: Design, after: Design): string[] {
  const old = byId(before.nodes);
  const changes: string[] = [];
  for (const node of inOrderOfId(after.nodes)) {
    const station = running.stations.get(node.id);
    const was = old.get(node.id);
    if (!station) {
      addStation(running, node);
      changes.push(`${node.label} added`);
      continue;
    }
    station.label = node.label;
    if (node.group !== was?.group) changes.push(`${node.label} moved to another region`);
    const table = KINDS[node.kind].spec.params;
    if (was && sameParams(table, was.params, node.params)) continue;
    station.behaviour.reconfigure(withDefaults(table, node.params));
    changes.push(`${node.label} changed`);
  }
  return changes;
}

function changeLinks(running: Running, before: Design, after: Design): string[] {
  const old = byId(before.links);
  const changes: string[] = [];
  for (const design of inOrderOfId(after.links)) {
    const link = running.links.get(design.id);
    if (!link) {
      addLink(running, design);
      const added = running.links.get(design.id)!;
      const { outgoing } = running.stations.get(design.from)!;
      // Where it would be had it been there from the start: who goes through links in their order finds it there.
      outgoing.splice(0, outgoing.length, ...inOrderOfId(outgoing));
      changes.push(`link from ${added.caller.label} to ${added.callee.label} added`);
    } else if (!sameParams(LINK_PARAMS, old.get(design.id)!.params, design.params)) {
      link.configure(linkSettings(design.params));
      changes.push(`link from ${link.caller.label} to ${link.callee.label} changed`);
    }
  }
  return changes;
}

/** A default that is written out is the same as one that is left out. */
function sameParams(table: ParamTable, a: ParamOverrides, b: ParamOverrides): boolean {
  const value = (params: ParamOverrides, name: string) => params[name] ?? table[name].default;
  return a === b || Object.keys(table).every((name) => value(a, name) === value(b, name));
}
