/** Frames around the members of each group, drawn behind everything. It must not know how members are drawn. */
import { useSyncExternalStore } from 'react';
import type { Design } from '../../model/document.ts';
import { useDesign, useServices, useView } from '../app/context.ts';
import { rename } from '../design/actions.ts';
import type { GeometryStore } from './geometry-store.ts';
import { boundsOf, type Box } from './geometry.ts';
import { InlineName } from './InlineName.tsx';
import css from './Regions.module.css';

/** Room between a frame and what stands in it; badges stick out above nodes. */
const MARGIN = 24;

export function Regions({ geometry }: { geometry: GeometryStore }) {
  const services = useServices();
  const design = useDesign((each) => each);
  const renaming = useView((view) => view.renaming);
  useSyncExternalStore(geometry.subscribe, geometry.version);
  return design.groups.map((group) => {
    const box = hullOf(design, group.id, geometry);
    if (!box) return null;
    return (
      <section
        key={group.id}
        className={css.region}
        data-kind={group.kind}
        aria-label={`${group.kind} ${group.label}`}
        style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      >
        {renaming === group.id ? (
          <div className={css.title}>
            <InlineName
              label={`Name of the ${group.kind}`}
              value={group.label}
              onDone={(name) => {
                services.view.setState({ renaming: null });
                if (name !== null) rename(services, group.id, name);
              }}
            />
          </div>
        ) : (
          <button
            className={`${css.title} nopan`}
            title="Click to select what is in it, double-click to rename"
            onClick={() => services.view.select(membersOf(design, group.id))}
            onDoubleClick={() => services.view.setState({ renaming: group.id })}
          >
            {group.label}
          </button>
        )}
      </section>
    );
  });
}

/** Around the members, and around the frames of groups inside. */
function hullOf(design: Design, groupId: string, geometry: GeometryStore, depth = 0): Box | null {
  const members = design.nodes.filter((node) => node.group === groupId).map((node) => geometry.box(node.id));
  // Groups cannot contain themselves in a checked design; the limit is for the one being edited.
  const inner = depth > 8 ? [] : design.groups.filter((group) => group.parent === groupId);
  const frames = inner.map((group) => hullOf(design, group.id, geometry, depth + 1));
  return boundsOf(
    [...members, ...frames].filter((box) => box !== null),
    MARGIN,
  );
}

export function membersOf(design: Design, groupId: string): string[] {
  const inner = design.groups.filter((group) => group.parent === groupId);
  const own = design.nodes.filter((node) => node.group === groupId).map((node) => node.id);
  return [...own, ...inner.flatMap((group) => membersOf(design, group.id))];
}
