/**
 * First visit: what this is in one sentence, and one button that breaks something; then how that ends. Goes away when
 * people find something to change by themselves: it would only cover what they do.
 */
import { X } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Design, DrillStep } from '../../model/document.ts';
import { faultsOf } from '../menu/faults.ts';
import { nameOf } from '../run/design-source.ts';
import { useRunState } from '../run/use-run.ts';
import { useDesign, useServices, useView } from './context.ts';
import css from './Welcome.module.css';

const Aftermath = lazy(() => import('./Aftermath.tsx'));

export default function Welcome() {
  const { view, run, speech } = useServices();
  const isShown = useView((state) => state.isWelcome);
  const design = useDesign((each) => each);
  const isTouched = useRunState((state) => state.interventions > 0 || state.drill !== null);
  const [broken, setBroken] = useState<DrillStep | null>(null);
  const isOver = isShown && isTouched && broken === null;
  useEffect(() => {
    if (isOver) view.setState({ isWelcome: false });
  }, [view, isOver]);
  if (!isShown || isOver) return null;
  const step = design.drills[0]?.steps[0];
  const close = () => view.setState({ isWelcome: false });
  const breakIt = () => {
    if (!step) return;
    setBroken(step);
    const fault = faultsOf(design, step.target).find((each) => each.id === step.fault);
    void run.inject({
      target: step.target,
      unit: step.unit ?? null,
      fault: step.fault,
      factor: step.factor ?? fault?.factor ?? 1,
    });
    run.play();
    view.select([linkToWatch(design, step) ?? step.target]);
    speech.say(`${actionText(design, step)}.`);
  };
  return (
    <section className={css.card} aria-label="Welcome">
      {broken ? (
        <Suspense fallback={null}>
          <Aftermath step={broken} hasBreaker={linkToWatch(design, broken) !== null} onLeave={close} />
        </Suspense>
      ) : (
        <>
          <p>
            <b>This is a running architecture.</b> Every dot is a simulated request; drag components in, link
            them, and break things to see what holds.
          </p>
          <div className={css.actions}>
            {step && (
              <button className="button" data-look="primary" onClick={breakIt}>
                {actionText(design, step)}
              </button>
            )}
          </div>
        </>
      )}
      <button className={`button ${css.close}`} data-look="icon" aria-label="Dismiss" onClick={close}>
        <X size={15} aria-hidden />
      </button>
    </section>
  );
}

/** "Crash orders: watch the breaker trip". */
function actionText(design: Design, step: DrillStep): string {
  const fault = faultsOf(design, step.target).find((each) => each.id === step.fault);
  const what = `${fault?.label ?? step.fault} ${nameOf(design, step.target)}`;
  return linkToWatch(design, step) ? `${what}: watch the breaker trip` : what;
}

/** A link with a breaker into what breaks. */
function linkToWatch(design: Design, step: DrillStep): string | null {
  const links = design.links.filter((link) => link.to === step.target || link.id === step.target);
  return links.find((link) => link.params.breaker === 'on')?.id ?? null;
}
