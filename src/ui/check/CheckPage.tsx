/**
 * The model check: simulation against theory, live and for any seed, and what the simulator leaves out. It runs in a
 * worker of its own and must not touch the design on the canvas.
 */
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { LIMIT, RUNS } from '../../session/check/protocol.ts';
import { type Check, startCheck } from '../../session/check/remote.ts';
import { Logo } from '../header/Logo.tsx';
import { canvasHash } from './address.ts';
import { CheckTable } from './CheckTable.tsx';
import { NotModelled } from './NotModelled.tsx';
import { SeedForm } from './SeedForm.tsx';
import { Standing } from './Standing.tsx';
import { type CheckRequest, useCheck } from './use-check.ts';
import css from './CheckPage.module.css';

const FIRST: CheckRequest = { seed: 7 };

const start = () => startCheck();

export default function CheckPage({ begin = start }: { begin?: () => Check }) {
  const [request, setRequest] = useState(FIRST);
  const progress = useCheck(request, begin);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.title;
    document.title = 'Model check – Loadbearing';
    heading.current?.focus();
    return () => {
      document.title = before;
    };
  }, []);
  return (
    // A file dropped here would otherwise take the place of the page.
    <div
      className={css.page}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => event.preventDefault()}
    >
      <header className={css.header}>
        <span className={css.logo}>
          <Logo />
          <span>Loadbearing</span>
        </span>
        <span className={css.rule} />
        <a className="button" data-look="quiet" href={canvasHash()}>
          <ArrowLeft size={15} aria-hidden />
          Back to the canvas
        </a>
      </header>
      <main className={css.main}>
        <h1 ref={heading} tabIndex={-1} className={css.title}>
          Model check
        </h1>
        <p className={css.intro}>
          Does the simulator compute what theory says it must? Each case below is an ordinary design with an
          answer known from queueing theory or probability. It is simulated {RUNS} times with different seeds,
          by the engine that runs your drawings, and the mean is compared with the formula. The difference is
          counted in standard errors, the size that chance alone gives it; beyond {LIMIT}, chance is no longer
          believed.
        </p>
        <SeedForm onRun={(seed) => setRequest({ seed })} first={FIRST.seed} />
        <Standing progress={progress} seed={request.seed} />
        <CheckTable progress={progress} />
        <NotModelled />
      </main>
    </div>
  );
}
