/** Per kind of component, what the simulator leaves out, from the kind's own guide. */
import { KINDS } from '../../kinds/catalog.ts';
import { KindIcon } from '../canvas/KindIcon.tsx';
import css from './NotModelled.module.css';

export function NotModelled() {
  return (
    <section className={css.section} aria-labelledby="not-modelled">
      <h2 id="not-modelled">What is not modelled</h2>
      <p>
        Agreement with theory says that what is there is right. This is what is not there: read it before a
        result of yours depends on it.
      </p>
      <div className={css.kinds}>
        {Object.values(KINDS).map(({ spec, guide }) => (
          <section key={spec.kind} aria-labelledby={`not-modelled-${spec.kind}`}>
            <h3 id={`not-modelled-${spec.kind}`}>
              <KindIcon spec={spec} size={18} />
              {spec.label}
            </h3>
            <ul>
              {guide.notModelled.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}
