/** What stands in the menus of nodes, links and the empty canvas. It must not know how a menu looks. */
import { SPECS } from '../../kinds/specs.ts';
import type { Point } from '../../model/document.ts';
import type { Services } from '../app/context.ts';
import type { MenuEntry, MenuSection } from '../app/view.ts';
import { unitsThere } from '../canvas/badge.ts';
import { specOf } from '../canvas/flow.ts';
import { beginLinking } from '../canvas/linking.ts';
import { addComponent, deleteElements, duplicateElements } from '../design/actions.ts';
import { pasteFromClipboard } from '../design/clipboard.ts';
import { addNote } from '../design/group-actions.ts';
import { openReplace } from '../design/replacing.ts';
import { faultEntry } from './fault-entry.ts';
import { faultsOf, offeredFaults, type ActiveFaults } from './faults.ts';
import { faultsOfNode } from './node-faults.ts';

export { groupSections, noteSections } from './group-entries.ts';

/** More single units than this are listed in the inspector, not in a menu. */
const MOST_UNITS = 6;

export function nodeSections(services: Services, id: string, active: ActiveFaults): readonly MenuSection[] {
  const { design } = services.design.getState();
  const node = design.nodes.find((each) => each.id === id);
  const spec = node && specOf(node.kind);
  if (!node || !spec) return [];
  const { live } = services.run;
  const units = unitsThere(live, id);
  const noun = spec.unitNoun ?? '';
  const faults = faultsOfNode(node);
  const whole = offeredFaults(faults, active, null, units.length);
  const underHeading = (heading: string | undefined) =>
    whole
      .filter((fault) => fault.heading === heading)
      .map((fault) => faultEntry(services, id, fault, null, null));
  const headings = new Set(whole.flatMap((fault) => fault.heading ?? []));
  const sections: MenuSection[] = [
    {
      heading: units.length > 1 ? `All ${units.length} ${noun}s` : 'Faults',
      entries: underHeading(undefined),
    },
    ...[...headings].map((heading) => ({ heading, entries: underHeading(heading) })),
  ];
  if (units.length > 1 && units.length <= MOST_UNITS) {
    const entries = units.flatMap((unit) => {
      const name = live.units(id)[unit];
      // The first fault is the kind's plainest; the others are for single units in the inspector.
      const fault = offeredFaults(faults, active, unit, units.length)[0];
      return fault ? [faultEntry(services, id, fault, unit, name)] : [];
    });
    sections.push({ heading: `One ${noun}`, entries });
  }
  return [...sections, { heading: 'Component', entries: editEntries(services, id, spec.calls !== 'none') }];
}

function editEntries(services: Services, id: string, canCall: boolean): MenuEntry[] {
  const selection = services.view.getState().selection;
  const ids = selection.has(id) ? [...selection] : [id];
  const link: MenuEntry = {
    id: 'link',
    label: 'Link to…',
    shortcut: 'C',
    run: () => beginLinking(services, id, 'keys'),
  };
  return [
    ...(canCall ? [link] : []),
    { id: 'rename', label: 'Rename', shortcut: 'F2', run: () => services.view.setState({ renaming: id }) },
    { id: 'replace', label: 'Replace by…', shortcut: 'R', run: () => openReplace(services, id) },
    { id: 'duplicate', label: 'Duplicate', run: () => duplicateElements(services, ids) },
    {
      id: 'delete',
      label: 'Delete',
      shortcut: 'Del',
      tone: 'danger',
      run: () => deleteElements(services, ids),
    },
  ];
}

export function linkSections(services: Services, id: string, active: ActiveFaults): readonly MenuSection[] {
  const { design } = services.design.getState();
  const link = design.links.find((each) => each.id === id);
  if (!link) return [];
  const setBreaker = (value: string | undefined) => {
    services.design.edit({ type: 'setParam', ids: [id], name: 'breaker', value });
  };
  const breaker = link.params.breaker ?? 'off';
  const modes = [
    { value: 'forcedOpen', label: 'Force the breaker open' },
    { value: 'on', label: breaker === 'forcedOpen' ? 'Let the breaker decide again' : 'Put a breaker on' },
    { value: undefined, label: 'Take the breaker off' },
  ];
  return [
    {
      heading: 'Faults',
      entries: offeredFaults(faultsOf(design, id), active, null, 1).map((fault) =>
        faultEntry(services, id, fault, null, null),
      ),
    },
    {
      heading: 'Circuit breaker',
      entries: modes
        .filter((mode) => (mode.value ?? 'off') !== breaker)
        .map((mode) => ({
          id: `breaker-${mode.value ?? 'off'}`,
          label: mode.label,
          run: () => setBreaker(mode.value),
        })),
    },
    {
      heading: 'Link',
      entries: [
        {
          id: 'delete',
          label: 'Delete',
          shortcut: 'Del',
          tone: 'danger',
          run: () => deleteElements(services, [id]),
        },
      ],
    },
  ];
}

export function paneSections(services: Services, at: Point | null): readonly MenuSection[] {
  const adding = Object.values(SPECS).map((spec) => ({
    id: `add-${spec.kind}`,
    label: spec.label,
    help: spec.summary,
    run: () => void addComponent(services, spec.kind, at ? { at } : {}),
  }));
  return [
    { heading: 'Add', entries: adding },
    {
      heading: 'Canvas',
      entries: [
        {
          id: 'note',
          label: 'Write a note',
          shortcut: 'N',
          run: () => addNote(services, at ?? services.canvas.centre()),
        },
        { id: 'paste', label: 'Paste', run: () => void pasteFromClipboard(services, at ?? undefined) },
        {
          id: 'fit',
          label: 'Fit everything into view',
          shortcut: 'Shift 1',
          run: () => services.canvas.fit(),
        },
      ],
    },
  ];
}
