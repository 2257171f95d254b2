/**
 * The faults a node, link or group offers right now: what can be done to it, and in place of what is active what ends it. It
 * must not know menus.
 */
import type { FaultSpec } from '../../kinds/contract.ts';
import { LINK_FAULTS } from '../../kinds/faults.ts';
import { GROUP_FAULTS } from '../../kinds/group-faults.ts';
import type { Design } from '../../model/document.ts';
import type { Inspection } from '../../session/inspection.ts';
import type { FaultOrder } from '../../session/protocol.ts';
import { specOf } from '../canvas/flow.ts';

export type ActiveFaults = Inspection['faults'];

/** Faults of a node's kind, of links or of groups; none for an unknown id. */
export function faultsOf(design: Design, id: string): readonly FaultSpec[] {
  const node = design.nodes.find((each) => each.id === id);
  if (node) return specOf(node.kind)?.faults ?? [];
  if (design.links.some((link) => link.id === id)) return LINK_FAULTS;
  return design.groups.some((group) => group.id === id) ? GROUP_FAULTS : [];
}

/**
 * What to offer for one unit, or for all of them (null): faults that can begin, and the end of each that is active.
 * `unitCount` is how many units there are.
 */
export function offeredFaults(
  faults: readonly FaultSpec[],
  active: ActiveFaults,
  unit: number | null,
  unitCount: number,
): readonly FaultSpec[] {
  const enders = new Set(faults.map((fault) => fault.endedBy));
  const offered = faults
    .filter((fault) => !enders.has(fault.id) && (unit === null || fault.scope === 'unit'))
    .flatMap((fault) => {
      const hit = active.filter((each) => each.fault === fault.id);
      const end = faults.find((each) => each.id === fault.endedBy);
      const isWhole = hit.some((each) => each.unit < 0);
      if (!end || hit.length === 0) return [fault];
      if (unit !== null) return [isWhole || hit.some((each) => each.unit === unit) ? end : fault];
      const isEverywhere = isWhole || new Set(hit.map((each) => each.unit)).size >= Math.max(1, unitCount);
      return isEverywhere ? [end] : [fault, end];
    });
  // Several faults may have the same end.
  return [...new Set(offered)];
}

export function orderOf(target: string, fault: FaultSpec, unit: number | null): FaultOrder {
  return { target, unit, fault: fault.id, factor: fault.factor };
}

/** "Crash api-2", "Slow down ×10: api-2", "Cut the link", "Lose all of EU". */
export function faultLabel(fault: FaultSpec, unitName: string | null): string {
  if (!unitName) return fault.label;
  if (/\bit\b/.test(fault.label)) return fault.label.replace(/\bit\b/, unitName);
  return /^[A-Za-z]+$/.test(fault.label) ? `${fault.label} ${unitName}` : `${fault.label}: ${unitName}`;
}
