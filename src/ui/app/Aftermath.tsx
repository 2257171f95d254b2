/** After the first thing was broken: what is to be seen, the button that ends it, and where to go from there. */
import { useEffect, useState } from 'react';
import type { DrillStep } from '../../model/document.ts';
import { faultsOf } from '../menu/faults.ts';
import { nameOf } from '../run/design-source.ts';
import { useRunState } from '../run/use-run.ts';
import { useDesign, useServices } from './context.ts';
import css from './Welcome.module.css';

interface Props {
  readonly step: DrillStep;
  /** One that opens because of it. */
  readonly hasBreaker: boolean;
  onLeave(): void;
}

export default function Aftermath({ step, hasBreaker, onLeave }: Props) {
  const { run, files, view, speech } = useServices();
  const design = useDesign((each) => each);
  const interventions = useRunState((state) => state.interventions);
  const drill = useRunState((state) => state.drill);
  const [isEnded, setEnded] = useState(false);
  const name = nameOf(design, step.target);
  const faults = faultsOf(design, step.target);
  const end = faults.find(({ id }) => id === faults.find((each) => each.id === step.fault)?.endedBy);
  // Anything else that is done to the run, and any other run, is beyond this.
  const isBeyond = interventions !== (isEnded ? 2 : 1) || drill !== null || !end;
  useEffect(() => {
    if (isBeyond) onLeave();
  }, [isBeyond, onLeave]);
  if (isBeyond) return null;
  if (!isEnded) {
    const repair = () => {
      void run.inject({ target: step.target, unit: step.unit ?? null, fault: end.id, factor: end.factor });
      speech.say(`${end.label} ${name}.`);
      setEnded(true);
    };
    return (
      <>
        <p role="status">
          <b>{name} is gone.</b>{' '}
          {hasBreaker
            ? 'Its callers fail, the breaker opens, and from then on they are refused at once instead of waiting. Its state chart is in the inspector, every step under Events.'
            : 'Its callers fail, each in its own way: look under Events, or click what turns red.'}
        </p>
        <div className={css.actions}>
          <button className="button" data-look="primary" onClick={repair}>
            {end.label} {name}
          </button>
        </div>
      </>
    );
  }
  return (
    <>
      <p role="status">
        <b>{name} is started again.</b>{' '}
        {hasBreaker && 'Once it answers, the breaker lets a few calls through on trial and closes. '}
        Right-click anything to break it yourself, or hold it with a finger.
      </p>
      <div className={css.actions}>
        <button className="button" data-look="primary" onClick={() => files.startNew()}>
          Draw your own
        </button>
        <button className="button" onClick={() => view.setState({ dialog: 'share' })}>
          Send this one
        </button>
      </div>
    </>
  );
}
