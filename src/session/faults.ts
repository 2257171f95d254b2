/**
 * Faults people inject into a running system, and which of them are active. A fault is one order (target, unit, fault,
 * factor); what it does is the engine's, what ends it the catalog's.
 */
import { NONE } from '../engine/calls/calls.ts';
import type { Station } from '../engine/station/station.ts';
import { KINDS } from '../kinds/catalog.ts';
import type { FaultSpec } from '../kinds/contract.ts';
import { LINK_FAULTS } from '../kinds/faults.ts';
import { GROUP_FAULTS } from '../kinds/group-faults.ts';
import { groupsAround } from '../model/standing.ts';
import type { Running } from './assemble.ts';
import { placeLinks } from './distances.ts';
import type { FaultOrder } from './protocol.ts';

export interface ActiveFault {
  readonly target: string;
  readonly fault: string;
  /** −1 = all of it. */
  readonly unit: number;
  readonly factor: number;
}

/** What can be done to a node, link or group of the running design. */
export function faultsOf(running: Running, target: string): readonly FaultSpec[] {
  const node = running.design.nodes.find((n) => n.id === target);
  if (node) return KINDS[node.kind].spec.faults;
  if (running.links.has(target)) return LINK_FAULTS;
  return running.design.groups.some((group) => group.id === target) ? GROUP_FAULTS : [];
}

/** Those that still are: a process that is replaced or starts again leaves its faults behind. */
export function lasting(running: Running, active: readonly ActiveFault[]): ActiveFault[] {
  return active.filter(({ target, fault, unit }) => {
    const station = running.stations.get(target);
    if (!station) return faultsOf(running, target).length > 0;
    const units =
      unit === NONE ? station.units.filter((u) => !u.retired) : station.units.slice(unit, unit + 1);
    return units.length === 0 || units.some((u) => u.suffers(fault) !== false);
  });
}

/**
 * Carries out the order now and returns the faults active afterwards. An order for something that does not exist, or
 * that the target does not support, is refused in the log and changes nothing.
 */
export function inject(running: Running, order: FaultOrder, active: readonly ActiveFault[]): ActiveFault[] {
  const { core } = running.system;
  const { target, fault, factor } = order;
  const unit = order.unit ?? NONE;
  const specs = faultsOf(running, target);
  const spec = specs.find((s) => s.id === fault);
  const said = spec ? carryOut(running, target, unit, fault, factor) : null;
  if (!spec || said === null) {
    core.journal.write(core.now, 'warning', 'fault', `Nothing here can be told to "${fault}"`, null);
    return [...active];
  }
  const endsSomething = specs.some((s) => s.endedBy === fault);
  const severity = endsSomething ? 'good' : spec.heading ? 'info' : 'warning';
  core.journal.write(core.now, severity, spec.heading?.toLowerCase() ?? 'fault', said, target);
  // A fault takes the place of itself, of those it ends, and of those that the same one ends.
  const endOf = (id: string) => specs.find((s) => s.id === id)?.endedBy;
  const replaced = (f: ActiveFault) =>
    f.target === target &&
    (unit === NONE || f.unit === unit || f.unit === NONE) &&
    (f.fault === fault ||
      endOf(f.fault) === fault ||
      (spec.endedBy !== undefined && endOf(f.fault) === spec.endedBy));
  const rest = active.filter((f) => !replaced(f));
  const now = spec.endedBy ? [...rest, { target, fault, unit, factor }] : rest;
  return isGroup(running, target) && fault !== 'partition' && fault !== 'heal'
    ? ofMembers(running, order, now)
    : now;
}

/** What befell a group befell each component in it: its own menu offers to end it. */
function ofMembers(running: Running, order: FaultOrder, active: readonly ActiveFault[]): ActiveFault[] {
  const { target, fault, factor } = order;
  const members = new Set(membersOf(running, target, fault).map((station) => station.id));
  const ended = new Set(GROUP_FAULTS.filter((spec) => spec.endedBy === fault).map((spec) => spec.id));
  const rest = active.filter((f) => !members.has(f.target) || (f.fault !== fault && !ended.has(f.fault)));
  const begins = GROUP_FAULTS.some((spec) => spec.id === fault && spec.endedBy !== undefined);
  if (!begins) return rest;
  return [...rest, ...[...members].map((id) => ({ target: id, fault, unit: NONE, factor }))];
}

function isGroup(running: Running, id: string): boolean {
  return running.design.groups.some((group) => group.id === id);
}

/** Components in a group, and in the groups inside it, that know the fault. */
function membersOf({ design, stations }: Running, group: string, fault: string): Station[] {
  const groups = new Map(design.groups.map((each) => [each.id, each]));
  return design.nodes
    .filter((node) => groupsAround(groups, node.group).includes(group))
    .filter((node) => KINDS[node.kind].spec.faults.some((spec) => spec.id === fault))
    .map((node) => stations.get(node.id)!)
    .sort((a, b) => a.index - b.index);
}

function carryOut(
  running: Running,
  target: string,
  unit: number,
  fault: string,
  factor: number,
): string | null {
  const station = running.stations.get(target);
  if (station) return unit >= station.units.length ? null : station.fault(fault, unit, factor);
  const group = running.design.groups.find((each) => each.id === target);
  if (group && fault !== 'partition' && fault !== 'heal') {
    const members = membersOf(running, target, fault);
    for (const member of members) member.fault(fault, NONE, factor);
    const what = members.length === 1 ? '1 component' : `${members.length} components`;
    return `${group.label || group.kind}: ${what} ${fault === 'crash' ? 'crashed' : 'restarting'}`;
  }
  const link = running.links.get(target);
  if (!link && !group) return null;
  if (fault === 'partition') running.cut.add(target);
  else running.cut.delete(target);
  placeLinks(running);
  const isCut = running.cut.has(target);
  if (group) return `${group.label || group.kind} is ${isCut ? 'cut off from the rest' : 'reconnected'}`;
  const between = `The link from ${link!.caller.label} to ${link!.callee.label}`;
  return `${between} is ${isCut ? 'cut' : 'mended'}`;
}
