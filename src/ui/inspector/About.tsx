/** The guide of a kind, in plain words: what it is, when to use it, and what this simulator leaves out. */
import type { GaugeSpec, Guide } from '../../kinds/contract.ts';
import css from './Inspector.module.css';

export function About({ guide, gauges }: { guide: Guide; gauges: readonly GaugeSpec[] }) {
  const parts = [
    ['What it is', guide.whatItIs],
    ['When to use it', guide.whenToUse],
    ['When not', guide.whenNot],
  ].filter(([, text]) => text !== '');
  return (
    <>
      {parts.map(([heading, text]) => (
        <section key={heading}>
          <h3 className={css.heading}>{heading}</h3>
          <p className={css.prose}>{text}</p>
        </section>
      ))}
      {gauges.length > 0 && (
        <>
          <h3 className={css.heading}>Its own numbers</h3>
          <ul className={css.points}>
            {gauges.map((gauge) => (
              <li key={gauge.id}>
                <b>{gauge.label}</b>: {gauge.help}
              </li>
            ))}
          </ul>
        </>
      )}
      {guide.notModelled.length > 0 && (
        <>
          <h3 className={css.heading}>What is not modelled</h3>
          <ul className={css.points}>
            {guide.notModelled.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
