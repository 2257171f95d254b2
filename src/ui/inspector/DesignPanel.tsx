/** Nothing selected: the design itself, its seed and regions, and what the moving dots mean. */
import { useState } from 'react';
import { MAX_SEED } from '../../model/document.ts';
import { useDesign, useServices } from '../app/context.ts';
import { DotLegend } from '../traffic/DotLegend.tsx';
import { RegionList } from './RegionList.tsx';
import css from './Inspector.module.css';

export default function DesignPanel() {
  const design = useDesign((each) => each);
  return (
    <>
      <h2 className={css.title}>{design.name || 'Untitled'}</h2>
      <p className={css.sub}>
        {design.nodes.length === 0
          ? 'Empty. Drag a component in from the left, or click one.'
          : 'Select a component or a link to see what goes on in it.'}
      </p>
      <dl className={css.rows}>
        <div>
          <dt>Components</dt>
          <dd>{design.nodes.length}</dd>
        </div>
        <div>
          <dt>Links</dt>
          <dd>{design.links.length}</dd>
        </div>
        <Seed />
      </dl>
      <RegionList />
      {design.drills.length > 0 && (
        <>
          <h3 className={css.heading}>Drills</h3>
          <ul className={css.points}>
            {design.drills.map((drill) => (
              <li key={drill.id}>
                <b>{drill.name}</b>
                {drill.hypothesis && `: ${drill.hypothesis}`}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3 className={css.heading}>The dots are requests</h3>
      <DotLegend />
    </>
  );
}

function Seed() {
  const { design } = useServices();
  const seed = useDesign((each) => each.seed);
  const [problem, setProblem] = useState<string | null>(null);
  const set = (text: string) => {
    const value = Number(text);
    const isSeed = /^\d+$/.test(text.trim()) && value <= MAX_SEED;
    setProblem(isSeed ? null : `The seed must be a whole number from 0 to ${MAX_SEED}.`);
    if (isSeed) design.source.setSeed(value);
  };
  return (
    <div title="With the design it determines every event of a run: the same seed gives the same run">
      <dt>
        <label htmlFor="design-seed">Seed</label>
        {problem && (
          <small role="alert" id="design-seed-problem">
            <br />
            {problem}
          </small>
        )}
      </dt>
      <dd>
        <input
          key={seed}
          id="design-seed"
          className="field number"
          size={10}
          inputMode="numeric"
          aria-invalid={problem !== null}
          aria-describedby={problem ? 'design-seed-problem' : undefined}
          defaultValue={seed}
          onBlur={(event) => set(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') set(event.currentTarget.value);
          }}
        />
      </dd>
    </div>
  );
}
