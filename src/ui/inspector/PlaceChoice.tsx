/** The field that says where in the world a region or zone stands: one of the known places, or a name of one's own. */
import { useId, useState } from 'react';
import type { Group } from '../../model/document.ts';
import { isPlace, PLACES } from '../../model/places.ts';
import { useDesign, useServices } from '../app/context.ts';
import { InlineName } from '../canvas/InlineName.tsx';
import css from './RegionList.module.css';

const NONE = ' none';
const OTHER = ' other';

export function PlaceChoice({ group }: { group: Group }) {
  const { design, speech } = useServices();
  const used = useDesign((each) => each.groups.flatMap(({ place }) => place ?? []).join(' '));
  const [isNaming, setNaming] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();
  const set = (place: string | null) => {
    const label = design.edit({ type: 'setPlace', id: group.id, place });
    if (label) speech.say(`${label}.`);
  };
  const nameIt = (text: string | null) => {
    setNaming(false);
    if (text === null) return;
    const place = text.toLowerCase().replace(/\s+/g, '-');
    const isFine = isPlace(place);
    setProblem(
      isFine ? null : 'A place is called by small letters, digits and “-”, at most 24, like “af-south”.',
    );
    if (isFine) set(place);
  };
  const own = [...new Set(used.split(' '))].filter(
    (place) => place && !PLACES.some((known) => known === place),
  );
  return (
    <>
      <span className={css.place}>
        <label htmlFor={id}>
          {group.parent === undefined || group.kind === 'region' ? 'Place' : 'Place, if its own'}
        </label>
        {isNaming ? (
          <InlineName label={`Place of ${group.label}`} value={group.place ?? ''} onDone={nameIt} />
        ) : (
          <select
            id={id}
            className="field"
            aria-label={`Place of ${group.label || group.id}`}
            value={group.place ?? NONE}
            onChange={({ target: { value } }) => {
              setProblem(null);
              if (value === OTHER) setNaming(true);
              else set(value === NONE ? null : value);
            }}
          >
            <option value={NONE}>{group.parent === undefined ? 'no place yet' : 'as around it'}</option>
            {[...PLACES, ...own].map((place) => (
              <option key={place} value={place}>
                {place}
              </option>
            ))}
            <option value={OTHER}>another …</option>
          </select>
        )}
      </span>
      {problem && (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
