/**
 * Faults people inject into a running system, and which of them are active. A fault is one order (target, unit, fault,
 * factor); what it does is the engine's, what ends it the catalog's.
 */
import { NONE } from '../engine/calls.ts';
import { KINDS } from '../kinds/catalog.ts';
import type { FaultSpec } from '../kinds/contract.ts';
import { LINK_FAULTS } from '../kinds/faults.ts';
import type { Running } from './assemble.ts';
import type { FaultOrder } from './protocol.ts';

export interface ActiveFault {
  readonly target: string;
  readonly fault: string;
  /** −1 = all of it. */
  readonly unit: number;
  readonly factor: number;
}

/** What can be done to a node or link of the running design. */
export function faultsOf(running: Running, target: string): readonly FaultSpec[] {
  const node = running.design.nodes.find((n) => n.id === target);
  if (node) return KINDS[node.kind].spec.faults;
  return running.links.has(target) ? LINK_FAULTS : [];
}

/** Those that still are: a process that is replaced or starts again leaves its faults behind. */
export function lasting(running: Running, active: readonly ActiveFault[]): ActiveFault[] {
  return active.filter(({ target, fault, unit }) => {
    const station = running.stations.get(target);
    if (!station) return running.links.has(target);
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
  return spec.endedBy ? [...rest, { target, fault, unit, factor }] : rest;
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
  const link = running.links.get(target);
  if (!link) return null;
  link.wire.cut = fault === 'partition';
  const between = `The link from ${link.caller.label} to ${link.callee.label}`;
  return link.wire.cut ? `${between} is cut` : `${between} is mended`;
}
