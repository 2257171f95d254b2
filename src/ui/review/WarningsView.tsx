/** What speaks against the design, each with a way to what it is about and, where there is one, a fix. */
import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { Warning } from '../../kinds/review/review.ts';
import { useDesign, useServices } from '../app/context.ts';
import { nameOf } from '../run/design-source.ts';
import { showElement } from './show-element.ts';
import { useWarnings } from './use-warnings.ts';
import sections from './sections.module.css';
import css from './WarningsView.module.css';

export function WarningsView() {
  const found = useWarnings();
  const isEmpty = useDesign((design) => design.nodes.length === 0);
  const warnings = found.filter(({ severity }) => severity === 'warning');
  const notes = found.filter(({ severity }) => severity === 'note');
  if (found.length === 0) {
    return (
      <p className={css.fine}>
        <CircleCheck size={18} aria-hidden />
        {isEmpty
          ? 'Nothing is drawn yet. What could hurt will stand here as you draw.'
          : 'No rule speaks against this design. Run it and break something: rules see only what is written down.'}
      </p>
    );
  }
  return (
    <>
      {warnings.length > 0 && <List heading="Warnings: will hurt" found={warnings} />}
      {notes.length > 0 && <List heading="Notes: worth knowing" found={notes} />}
    </>
  );
}

function List({ heading, found }: { heading: string; found: readonly Warning[] }) {
  return (
    <section className={sections.list} aria-label={heading}>
      <h3 className={sections.heading}>
        {heading} <span className="number">{found.length}</span>
      </h3>
      <ul>
        {found.map((each) => (
          <Item key={`${each.rule} ${each.subject}`} warning={each} />
        ))}
      </ul>
    </section>
  );
}

function Item({ warning }: { warning: Warning }) {
  const services = useServices();
  const name = useDesign((design) => nameOf(design, warning.subject));
  const { severity, text, why, fix } = warning;
  const Icon = severity === 'warning' ? TriangleAlert : Info;
  const repair = () => {
    if (!fix || services.design.edit(fix.edit) === null) return;
    services.speech.say(`${fix.label}: done. Undo takes it back.`);
  };
  return (
    <li className={css.item} data-severity={severity}>
      <Icon size={16} aria-hidden />
      <div>
        <p className={css.text}>
          <span className="visually-hidden">{severity === 'warning' ? 'Warning: ' : 'Note: '}</span>
          {text}
        </p>
        <p className={css.why}>{why}</p>
        <div className={css.actions}>
          <button
            className="button"
            aria-label={`Show ${name}`}
            onClick={() => showElement(services, warning.subject)}
          >
            Show
          </button>
          {fix && (
            <button className="button" aria-label={`${fix.label} (${name})`} onClick={repair}>
              {fix.label}
            </button>
          )}
        </div>
      </div>
    </li>
  );
}
