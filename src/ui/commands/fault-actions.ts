/**
 * Every fault of every component, unit, link and region as something to find by name: "Crash orders-2", "Cut the link api →
 * orders". What is active offers its end instead. It must not know how they are listed.
 */
import type { FaultSpec } from '../../kinds/contract.ts';
import { LINK_FAULTS } from '../../kinds/faults.ts';
import { GROUP_FAULTS } from '../../kinds/group-faults.ts';
import type { Design } from '../../model/document.ts';
import type { Services } from '../app/context.ts';
import { specOf } from '../canvas/flow.ts';
import { faultLabel, offeredFaults, orderOf, type ActiveFaults } from '../menu/faults.ts';
import { faultsOfNode } from '../menu/node-faults.ts';
import type { Live } from '../run/live.ts';

export interface FaultAction {
  readonly id: string;
  /** Node, link or group it is done to. */
  readonly target: string;
  readonly label: string;
  readonly hint: string;
  readonly fault: FaultSpec;
  readonly unit: number | null;
}

/** More single units than this are listed in the inspector only. */
const MOST_UNITS = 32;

/** `activeOf` tells what is known to be active on a node, link or group; nothing, before it was asked for. */
export function faultActions(
  design: Design,
  live: Pick<Live, 'units'>,
  activeOf: (id: string) => ActiveFaults,
): FaultAction[] {
  const labels = new Map(design.nodes.map(({ id, label }) => [id, label]));
  const action = (target: string, fault: FaultSpec, unit: number | null, name: string): FaultAction => ({
    id: `fault-${target}-${fault.id}-${unit ?? 'all'}`,
    target,
    label: faultLabel(fault, name),
    hint: fault.help,
    fault,
    unit,
  });
  const ofNodes = design.nodes.flatMap((node) => {
    const { id, label } = node;
    const spec = specOf(node.kind);
    if (!spec) return [];
    const units = live.units(id);
    const all = units.length > 1 ? `all ${units.length} ${spec.unitNoun ?? 'unit'}s of ${label}` : label;
    const faults = faultsOfNode(node);
    const whole = offeredFaults(faults, activeOf(id), null, units.length);
    const single = units.length > 1 && units.length <= MOST_UNITS ? units : [];
    return [
      ...whole.map((fault) => action(id, fault, null, all)),
      ...single.flatMap((unit, at) =>
        offeredFaults(faults, activeOf(id), at, units.length).map((fault) =>
          action(id, fault, at, unit.includes(label) ? unit : `${unit} of ${label}`),
        ),
      ),
    ];
  });
  const ofLinks = design.links.flatMap(({ id, from, to }) =>
    offeredFaults(LINK_FAULTS, activeOf(id), null, 1).map((fault) => ({
      ...action(id, fault, null, ''),
      label: `${fault.label} ${labels.get(from) ?? from} → ${labels.get(to) ?? to}`,
    })),
  );
  const ofGroups = design.groups.flatMap(({ id, kind, label }) =>
    offeredFaults(GROUP_FAULTS, activeOf(id), null, 1).map((fault) => action(id, fault, null, label || kind)),
  );
  return [...ofNodes, ...ofLinks, ...ofGroups];
}

export function carryOut({ run, speech }: Services, { target, fault, unit, label }: FaultAction): void {
  void run.inject(orderOf(target, fault, unit));
  speech.say(`${label}.`);
}
