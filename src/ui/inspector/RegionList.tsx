/** The regions and zones of the design: name, place in the world, and how far the places are apart. */
import { MoreHorizontal } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Group } from '../../model/document.ts';
import { useDesign, useServices } from '../app/context.ts';
import { InlineName } from '../canvas/InlineName.tsx';
import { membersOf } from '../canvas/grouping.ts';
import { rename } from '../design/actions.ts';
import { openGroupMenu } from '../menu/open.ts';
import { PlaceChoice } from './PlaceChoice.tsx';
import css from './Inspector.module.css';
import own from './RegionList.module.css';

const RoundTrips = lazy(() => import('./RoundTrips.tsx'));

export function RegionList() {
  const groups = useDesign((design) => design.groups);
  if (groups.length === 0) return null;
  return (
    <>
      <h3 className={css.heading}>Regions</h3>
      <ul className={own.list}>
        {groups.map((group) => (
          <Region key={group.id} group={group} />
        ))}
      </ul>
      {groups.some((group) => group.place !== undefined) ? (
        <Suspense fallback={null}>
          <RoundTrips />
        </Suspense>
      ) : (
        <p className={css.note}>
          Give regions a place, and links between them take as long as the way between the two.
        </p>
      )}
    </>
  );
}

function Region({ group }: { group: Group }) {
  const services = useServices();
  const design = useDesign((each) => each);
  const [isRenaming, setRenaming] = useState(false);
  const name = group.label || group.id;
  return (
    <li className={own.region} aria-label={`${group.kind} ${name}`}>
      {isRenaming ? (
        <InlineName
          label={`Name of ${name}`}
          value={group.label}
          onDone={(label) => {
            setRenaming(false);
            if (label !== null) rename(services, group.id, label);
          }}
        />
      ) : (
        <button className={own.name} title={`Rename the ${group.kind}`} onClick={() => setRenaming(true)}>
          {name}
        </button>
      )}
      <span className={css.buttons}>
        <button
          className="button"
          aria-label={`Select what is in ${name}`}
          onClick={() => services.view.select(membersOf(design, group.id))}
        >
          Select
        </button>
        <button
          className="button"
          data-look="icon"
          aria-label={`Faults and more for ${name}`}
          title="Break it, collapse it, dissolve it …"
          onClick={(event) => openGroupMenu(services, event, group.id)}
        >
          <MoreHorizontal size={14} aria-hidden />
        </button>
      </span>
      <PlaceChoice group={group} />
    </li>
  );
}
