/** A fault as an entry of a menu. It must not know whose menu. */
import type { FaultSpec } from '../../kinds/contract.ts';
import type { Services } from '../app/context.ts';
import type { MenuEntry } from '../app/view.ts';
import { nameOf } from '../run/design-source.ts';
import { faultLabel, orderOf } from './faults.ts';

/** For one unit of `id`, or for all of it. */
export function faultEntry(
  services: Services,
  id: string,
  fault: FaultSpec,
  unit: number | null,
  unitName: string | null,
): MenuEntry {
  const label = faultLabel(fault, unitName);
  return {
    id: `fault-${fault.id}-${unit ?? 'all'}`,
    label,
    help: fault.help,
    run: () => {
      void services.run.inject(orderOf(id, fault, unit));
      services.speech.say(`${nameOf(services.design.getState().design, id)}: ${label}.`);
    },
  };
}
