/** What stands in the menus of groups and notes. It must not know how a menu looks. */
import type { Services } from '../app/context.ts';
import type { MenuSection } from '../app/view.ts';
import { membersOf } from '../canvas/grouping.ts';
import { deleteElements, duplicateElements } from '../design/actions.ts';
import { setCollapsed } from '../design/collapsing.ts';
import { deleteGroup, dissolveGroup } from '../design/group-actions.ts';
import { faultEntry } from './fault-entry.ts';
import { faultsOf, offeredFaults, type ActiveFaults } from './faults.ts';

export function groupSections(services: Services, id: string, active: ActiveFaults): readonly MenuSection[] {
  const { design } = services.design.getState();
  const group = design.groups.find((each) => each.id === id);
  if (!group) return [];
  const isCollapsed = group.collapsed ?? false;
  const members = membersOf(design, id);
  const copied = [id, ...members];
  return [
    {
      heading: 'Faults',
      entries: offeredFaults(faultsOf(design, id), active, null, 1).map((fault) =>
        faultEntry(services, id, fault, null, null),
      ),
    },
    {
      heading: group.kind === 'region' ? 'Region' : 'Zone',
      entries: [
        {
          id: 'collapse',
          label: isCollapsed ? 'Expand' : 'Collapse to one card',
          run: () => setCollapsed(services, id, !isCollapsed),
        },
        {
          id: 'select',
          label: 'Select what is in it',
          run: () => services.view.select(isCollapsed ? [id] : members),
        },
        { id: 'rename', label: 'Rename', run: () => services.view.setState({ renaming: id }) },
        {
          id: 'place',
          label: 'Place and distances…',
          help: 'Where in the world it stands, and how far that is from the others',
          run: () => {
            services.view.select([]);
            services.view.setState({ isInspectorOpen: true });
          },
        },
        { id: 'duplicate', label: 'Duplicate', run: () => duplicateElements(services, copied) },
        {
          id: 'dissolve',
          label: 'Dissolve',
          help: 'Takes the frame away; what stands in it stays',
          run: () => dissolveGroup(services, id),
        },
        {
          id: 'delete',
          label: 'Delete with what is in it',
          tone: 'danger',
          run: () => deleteGroup(services, id),
        },
      ],
    },
  ];
}

export function noteSections(services: Services, id: string): readonly MenuSection[] {
  return [
    {
      heading: 'Note',
      entries: [
        {
          id: 'write',
          label: 'Write',
          shortcut: 'Enter',
          run: () => services.view.setState({ renaming: id }),
        },
        { id: 'duplicate', label: 'Duplicate', run: () => duplicateElements(services, [id]) },
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
