/** What goes on in one node now: the sentence, its gauges, each unit with its faults, its state chart, totals. */
import { useState } from 'react';
import type { FaultSpec, KindSpec } from '../../kinds/contract.ts';
import type { DesignNode } from '../../model/document.ts';
import type { Inspection, UnitState } from '../../session/protocol.ts';
import { formatClock, formatGauge, formatShareShort } from '../format.ts';
import { useLive } from '../run/use-run.ts';
import { offeredFaults } from '../menu/faults.ts';
import { FaultButtons, Sentence, Totals } from './LiveParts.tsx';
import { StateChart, stateWords, type StateTone } from './StateChart.tsx';
import { useInspection } from './use-inspection.ts';
import css from './Inspector.module.css';
import list from './Units.module.css';

export function NodeLive({ node, spec }: { node: DesignNode; spec: KindSpec }) {
  const inspection = useInspection(node.id);
  const [chosen, setChosen] = useState(0);
  const units = inspection?.units ?? [];
  const unit = units[Math.min(chosen, units.length - 1)];
  const active = inspection?.faults ?? [];
  const whole = offeredFaults(spec.faults, active, null, units.length);
  return (
    <>
      <Sentence inspection={inspection} />
      <Gauges node={node} spec={spec} />
      {whole.length > 0 && (
        <>
          <h3 className={css.heading}>
            {units.length > 1 ? `Break all ${units.length} ${spec.unitNoun ?? 'part'}s` : 'Break it'}
          </h3>
          <FaultButtons target={node.id} faults={whole} unit={null} whose={node.label} />
        </>
      )}
      {units.length > 1 && (
        <Units node={node} spec={spec} inspection={inspection} chosen={chosen} onChoose={setChosen} />
      )}
      {inspection?.lifeChart && unit && (
        <>
          <h3 className={css.heading}>
            Life of {unit.name} <span className={css.note}>since {formatClock(unit.sinceMs)}</span>
          </h3>
          <StateChart
            chart={inspection.lifeChart}
            current={unit.state}
            label={`State of ${unit.name}`}
            toneOf={(state) => lifeTone(state as UnitState)}
            wordsOf={lifeWords}
          />
        </>
      )}
      <Totals inspection={inspection} />
    </>
  );
}

function Gauges({ node, spec }: { node: DesignNode; spec: KindSpec }) {
  const text = useLive((live) =>
    spec.gauges
      .map((gauge, index) => formatGauge(live.node(node.id, `gauge${index as 0 | 1 | 2 | 3}`), gauge.unit))
      .join('\n'),
  );
  if (spec.gauges.length === 0) return null;
  const values = text.split('\n');
  return (
    <dl className={css.rows}>
      {spec.gauges.map((gauge, index) => (
        <div key={gauge.id} title={gauge.help}>
          <dt>{gauge.label}</dt>
          <dd>{values[index]}</dd>
        </div>
      ))}
    </dl>
  );
}

interface UnitsProps {
  readonly node: DesignNode;
  readonly spec: KindSpec;
  readonly inspection: Inspection | null;
  readonly chosen: number;
  onChoose(unit: number): void;
}

function Units({ node, spec, inspection, chosen, onChoose }: UnitsProps) {
  const units = inspection?.units ?? [];
  const loads = useLive((live) =>
    units.map((_, index) => formatShareShort(live.unit(node.id, index, 'utilisation'))).join('\n'),
  ).split('\n');
  const faultsOf = (unit: number): readonly FaultSpec[] =>
    offeredFaults(spec.faults, inspection?.faults ?? [], unit, units.length);
  return (
    <>
      <h3 className={css.heading}>One {spec.unitNoun}</h3>
      <ul className={list.units}>
        {units.map((unit, index) => (
          <li key={unit.name} data-chosen={index === chosen || undefined}>
            <button className={list.unit} aria-expanded={index === chosen} onClick={() => onChoose(index)}>
              <span>{unit.name}</span>
              <span className={list.state} data-tone={lifeTone(unit.state)}>
                {stateWords(unit.state)}
              </span>
              <span className="number">{loads[index]}</span>
            </button>
            {index === chosen && (
              <FaultButtons
                target={node.id}
                faults={faultsOf(index)}
                unit={index}
                whose={`${spec.unitNoun} ${index + 1}`}
              />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

export function lifeTone(state: UnitState): StateTone {
  if (state === 'up') return 'good';
  return state === 'down' ? 'bad' : 'warning';
}

/** Names of events are shouted in machines: "CRASH" → "crash". */
function lifeWords(event: string): string | null {
  if (event.startsWith('after ')) return 'after start-up';
  return event.toLowerCase().replaceAll('_', ' ');
}
