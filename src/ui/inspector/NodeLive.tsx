/** What goes on in one node now: the sentence, its gauges, each unit with its faults, its state chart, totals. */
import { Fragment, useState } from 'react';
import type { FaultSpec, KindSpec } from '../../kinds/contract.ts';
import type { DesignNode } from '../../model/document.ts';
import type { Inspection } from '../../session/inspection.ts';
import type { UnitState } from '../../session/protocol.ts';
import { formatClock, formatGauge, formatShareShort } from '../format.ts';
import { useLive } from '../run/use-run.ts';
import { offeredFaults } from '../menu/faults.ts';
import { faultsOfNode } from '../menu/node-faults.ts';
import { FaultButtons, Sentence, Totals } from './LiveParts.tsx';
import { PartsList } from './PartsList.tsx';
import { StateChart, stateWords, type StateTone } from './StateChart.tsx';
import { useInspection } from './use-inspection.ts';
import css from './Inspector.module.css';
import list from './Units.module.css';

export function NodeLive({ node, spec }: { node: DesignNode; spec: KindSpec }) {
  const inspection = useInspection(node.id);
  const [chosen, setChosen] = useState(0);
  const units = inspection?.units ?? [];
  const unit = units[Math.min(chosen, units.length - 1)];
  // Units that know them each their own way show what the chosen one knows.
  const parts = inspection?.parts[chosen] ?? inspection?.parts[0];
  const active = inspection?.faults ?? [];
  const faults = faultsOfNode(node);
  const whole = offeredFaults(faults, active, null, units.length);
  const breaks = whole.filter((fault) => fault.heading === undefined);
  const headings = [...new Set(whole.flatMap((fault) => fault.heading ?? []))];
  // What nothing can befall one by one has no life to speak of.
  const hasLife = faults.some((fault) => fault.scope === 'unit');
  return (
    <>
      <Sentence inspection={inspection} />
      <Gauges node={node} spec={spec} />
      <Controls inspection={inspection} />
      {parts && <PartsList parts={parts} />}
      {breaks.length > 0 && (
        <>
          <h3 className={css.heading}>
            {units.length > 1 ? `Break all ${units.length} ${spec.unitNoun ?? 'part'}s` : 'Break it'}
          </h3>
          <FaultButtons target={node.id} faults={breaks} unit={null} whose={node.label} />
        </>
      )}
      {headings.map((heading) => (
        <Fragment key={heading}>
          <h3 className={css.heading}>{heading}</h3>
          <FaultButtons
            target={node.id}
            faults={whole.filter((fault) => fault.heading === heading)}
            unit={null}
            whose={node.label}
          />
        </Fragment>
      ))}
      {units.length > 1 && (
        <Units node={node} spec={spec} inspection={inspection} chosen={chosen} onChoose={setChosen} />
      )}
      {hasLife && inspection?.lifeChart && unit && (
        <>
          <h3 className={css.heading}>
            Life of {unit.name} <span className={css.note}>since {formatClock(unit.sinceMs)}</span>
          </h3>
          <StateChart
            chart={inspection.lifeChart}
            current={unit.life}
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

/** What steers the node by itself: how it stands, and the machine that decides. */
function Controls({ inspection }: { inspection: Inspection | null }) {
  return inspection?.controls.map(({ name, chart, state, sentence }) => (
    <Fragment key={name}>
      <h3 className={css.heading}>{name}</h3>
      <p className={css.say}>{sentence}</p>
      <StateChart
        chart={chart}
        current={state}
        label={`State of the ${name.toLowerCase()}`}
        toneOf={controlTone}
        wordsOf={lifeWords}
      />
    </Fragment>
  ));
}

function controlTone(state: string): StateTone {
  if (state === 'steady' || state === 'complete') return 'good';
  return state === 'stalled' ? 'bad' : 'warning';
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
    units.map(({ index }) => formatShareShort(live.unit(node.id, index, 'utilisation'))).join('\n'),
  ).split('\n');
  const faultsOf = (unit: number): readonly FaultSpec[] =>
    offeredFaults(faultsOfNode(node), inspection?.faults ?? [], unit, units.length);
  return (
    <>
      <h3 className={css.heading}>One {spec.unitNoun}</h3>
      <ul className={list.units}>
        {units.map((unit, row) => (
          <li key={unit.name} data-chosen={row === chosen || undefined}>
            <button className={list.unit} aria-expanded={row === chosen} onClick={() => onChoose(row)}>
              <span>
                {unit.name}
                {unit.marks.length > 0 && <small className={list.marks}>{unit.marks.join(', ')}</small>}
              </span>
              <span className={list.state} data-tone={lifeTone(unit.state)}>
                {stateWords(unit.state)}
              </span>
              <span className="number">{loads[row]}</span>
            </button>
            {row === chosen && (
              <FaultButtons
                target={node.id}
                faults={faultsOf(unit.index)}
                unit={unit.index}
                whose={`${spec.unitNoun} ${unit.index + 1}`}
              />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

const BROKEN: readonly UnitState[] = ['down', 'backOff', 'paused', 'hung'];

export function lifeTone(state: UnitState): StateTone {
  if (state === 'up') return 'good';
  return BROKEN.includes(state) ? 'bad' : 'warning';
}

/** What the timed transitions of the machines wait for. */
const DELAYS: Readonly<Record<string, string>> = {
  startUp: 'after start-up',
  drainLimit: 'after the longest drain',
  lifeSpan: 'crash loop',
  pause: 'after its pause',
  deadline: 'without progress',
};

/** Names of events are shouted in machines: "CRASH" → "crash". */
function lifeWords(event: string): string | null {
  if (event.startsWith('after ')) return DELAYS[event.slice('after '.length)] ?? event;
  return event.toLowerCase().replaceAll('_', ' ');
}
