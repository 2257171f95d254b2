/** Parts of the Live tabs of nodes and links: the sentence, faults as buttons, totals. */
import type { FaultSpec } from '../../kinds/contract.ts';
import type { Inspection } from '../../session/inspection.ts';
import type { Severity } from '../../session/protocol.ts';
import { useServices } from '../app/context.ts';
import { formatCount } from '../format.ts';
import { orderOf } from '../menu/faults.ts';
import css from './Inspector.module.css';

export function Sentence({ inspection }: { inspection: Inspection | null }) {
  const severity: Severity = inspection?.severity ?? 'info';
  return (
    <p className={css.say} data-severity={severity}>
      {inspection?.sentence ?? 'Nothing has happened yet. Press play.'}
    </p>
  );
}

interface FaultButtonsProps {
  readonly target: string;
  readonly faults: readonly FaultSpec[];
  readonly unit: number | null;
  /** Of whom, for those who cannot see the button's place: "instance 2". */
  readonly whose: string;
}

export function FaultButtons({ target, faults, unit, whose }: FaultButtonsProps) {
  const { run, speech } = useServices();
  return (
    <div className={css.buttons}>
      {faults.map((fault) => (
        <button
          key={fault.id}
          className="button"
          title={fault.help}
          aria-label={`${fault.label} ${whose}`}
          onClick={() => {
            void run.inject(orderOf(target, fault, unit));
            speech.say(`${fault.label} ${whose}.`);
          }}
        >
          {fault.label}
        </button>
      ))}
    </div>
  );
}

export function Totals({ inspection }: { inspection: Inspection | null }) {
  const totals = inspection?.totals ?? [];
  if (totals.length === 0) return null;
  return (
    <>
      <h3 className={css.heading}>Since the start</h3>
      <dl className={css.rows}>
        {totals.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{formatCount(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
