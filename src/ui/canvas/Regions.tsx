/** Frames around the members of each group, drawn behind everything. It must not know how members are drawn. */
import { Minus } from 'lucide-react';
import { useRef, useSyncExternalStore, type PointerEvent as ReactPointerEvent, type ReactNode } from 'react';
import type { Group, Point } from '../../model/document.ts';
import { useDesign, useServices, useView } from '../app/context.ts';
import { rename } from '../design/actions.ts';
import { setCollapsed } from '../design/collapsing.ts';
import { openGroupMenu } from '../menu/open.ts';
import type { GeometryStore } from './geometry-store.ts';
import type { Box } from './geometry.ts';
import { framesOf, membersOf } from './grouping.ts';
import { InlineName } from './InlineName.tsx';
import { useGroupPaint } from './use-group-paint.ts';
import type { Moving } from './use-moving.ts';
import css from './Regions.module.css';

interface RegionsProps {
  readonly geometry: GeometryStore;
  readonly moving: Pick<Moving, 'begin' | 'moveBy' | 'drop'>;
}

export function Regions({ geometry, moving }: RegionsProps) {
  const design = useDesign((each) => each);
  const renaming = useView((view) => view.renaming);
  const held = useView((view) => view.dragged?.frames ?? null);
  const into = useView((view) => view.dragged?.into ?? null);
  useSyncExternalStore(geometry.subscribe, geometry.version);
  const frames = held ?? framesOf(design, geometry.box);
  return [...frames].map(([id, box]) => {
    const group = design.groups.find((each) => each.id === id);
    if (!group) return null;
    return (
      <Frame key={id} group={group} box={box} isInto={into === id}>
        {renaming === id ? (
          <GroupName group={group} />
        ) : (
          <Title group={group} geometry={geometry} moving={moving} />
        )}
      </Frame>
    );
  });
}

interface FrameProps {
  readonly group: Group;
  readonly box: Box;
  readonly isInto: boolean;
  readonly children: ReactNode;
}

function Frame({ group, box, isInto, children }: FrameProps) {
  const { id, kind, label } = group;
  const frame = useRef<HTMLElement>(null);
  useGroupPaint(frame, id, 'frame');
  return (
    <section
      ref={frame}
      className={css.region}
      data-kind={kind}
      data-into={isInto || undefined}
      aria-label={`${kind} ${label}`}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
    >
      {children}
      <span className={css.state} data-part="state" aria-hidden />
    </section>
  );
}

function GroupName({ group }: { group: Group }) {
  const services = useServices();
  return (
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
  );
}

/** A press that moves less is a click. */
const THRESHOLD = 4;

/** Takes hold of the whole group: a click selects what is in it, a drag moves it. */
function Title({ group, geometry, moving }: { group: Group } & RegionsProps) {
  const services = useServices();
  const { view } = services;
  const isEdited = useView((state) => state.mode === 'edit');
  const wasDragged = useRef(false);
  const press = (event: ReactPointerEvent<HTMLElement>) => {
    if (!isEdited || event.button !== 0) return;
    const start = { x: event.clientX, y: event.clientY };
    const title = event.currentTarget;
    title.setPointerCapture(event.pointerId);
    wasDragged.current = false;
    const follow = (next: PointerEvent) => {
      const way: Point = { x: next.clientX - start.x, y: next.clientY - start.y };
      if (!wasDragged.current && Math.hypot(way.x, way.y) < THRESHOLD) return;
      if (!wasDragged.current) moving.begin(drawnMembers());
      wasDragged.current = true;
      const { zoom } = geometry.viewport();
      moving.moveBy({ x: way.x / zoom, y: way.y / zoom });
    };
    const end = () => {
      title.removeEventListener('pointermove', follow);
      if (wasDragged.current) moving.drop();
    };
    title.addEventListener('pointermove', follow);
    title.addEventListener('pointerup', end, { once: true });
    title.addEventListener('pointercancel', end, { once: true });
  };
  const drawnMembers = () => membersOf(services.design.getState().design, group.id);
  return (
    <div className={css.title}>
      <button
        className="nopan"
        title={
          isEdited
            ? 'Drag to move it with what is in it; click to select that; double-click to rename'
            : 'Click to select what is in it'
        }
        onPointerDown={press}
        onClick={() => !wasDragged.current && view.select(drawnMembers())}
        onDoubleClick={() => isEdited && view.setState({ renaming: group.id })}
        onContextMenu={(event) => openGroupMenu(services, event, group.id)}
      >
        {group.label || group.kind}
        {group.place !== undefined && group.place !== group.label && <i> {group.place}</i>}
      </button>
      {isEdited && (
        <button
          className={`${css.collapse} nopan`}
          aria-label={`Collapse ${group.label}`}
          title="Collapse to one card"
          onClick={() => setCollapsed(services, group.id, true)}
        >
          <Minus size={12} aria-hidden />
        </button>
      )}
    </div>
  );
}
