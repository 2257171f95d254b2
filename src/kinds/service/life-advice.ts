/** The life of a service's instances at rest: whether scaling can do what it is meant to, and what it costs callers. */
import type { Finding, Place } from '../contract.ts';
import { number, setParam, time } from '../review/words.ts';
import type { spec } from './spec.ts';

type Params = (typeof spec)['params'];

/** An autoscaler that follows only after so long is no help in a surge, ms. */
const LATE_MS = 60_000;

export function lifeFindings(place: Place<Params>): Finding[] {
  return [
    ...rangeUpsideDown(place),
    ...scalesLate(place),
    ...refusedOnTheWayOut(place),
    ...coldAndAtOnce(place),
  ];
}

function rangeUpsideDown({ node, params }: Place<Params>): Finding[] {
  const { autoscale, minInstances, maxInstances } = params;
  if (autoscale === 'off' || minInstances <= maxInstances) return [];
  return [
    {
      rule: 'scaling-range-empty',
      severity: 'warning',
      text: `${node.label} may have at least ${number(minInstances)} instances and at most ${number(maxInstances)}.`,
      why: 'It keeps the larger number and never scales.',
      fix: setParam(`Allow ${number(minInstances)} at most`, node.id, 'maxInstances', minInstances),
    },
  ];
}

function scalesLate({ node, params }: Place<Params>): Finding[] {
  const { autoscale, syncMs, lagMs, startMs, warmUpMs } = params;
  const afterMs = syncMs + lagMs + startMs + warmUpMs;
  if (autoscale === 'off' || afterMs < LATE_MS) return [];
  const parts = `${time(syncMs)} of readings that are ${time(lagMs)} late, ${time(startMs + warmUpMs)} to start and warm up`;
  return [
    {
      rule: 'scales-late',
      severity: 'note',
      text: `${node.label} follows a surge only after ${time(afterMs)}: ${parts}.`,
      why: 'Until then the instances that are there have to do. Keep some to spare: more at least, or a lower target.',
    },
  ];
}

function refusedOnTheWayOut({ node, params }: Place<Params>): Finding[] {
  const { autoscale, preStopMs, endpointMs } = params;
  if (autoscale === 'off' || preStopMs >= endpointMs) return [];
  const enough = Math.ceil((endpointMs * 1.5) / 100) * 100;
  return [
    {
      rule: 'refused-on-the-way-out',
      severity: 'note',
      text: `Each instance of ${node.label} that is scaled in refuses calls for ${time(endpointMs - preStopMs)}.`,
      why: 'Its callers have not heard yet that it leaves. Let it wait a little before it stops.',
      fix: setParam(`Wait ${time(enough)} before stopping`, node.id, 'preStopMs', enough),
    },
  ];
}

/** A balancer gives a new instance its whole share at once, although it cannot do it yet. */
function coldAndAtOnce({ node, params, callers }: Place<Params>): Finding[] {
  const { warmUpMs, coldSpeedShare } = params;
  if (warmUpMs === 0 || coldSpeedShare >= 0.9) return [];
  return callers.flatMap(({ node: caller, spec: kind }) => {
    const slowStart = kind.params['slowStartMs'];
    if (!slowStart || (caller.params['slowStartMs'] ?? slowStart.default) !== 0) return [];
    return [
      {
        rule: 'cold-instance-full-share',
        severity: 'note',
        text: `${caller.label} gives an instance of ${node.label} its full share while it still warms up.`,
        why: 'For that time it is slower than the others and its queue grows. Slow start raises its share with its speed.',
        fix: setParam(`Slow start over ${time(warmUpMs)}`, caller.id, 'slowStartMs', warmUpMs),
      },
    ];
  });
}
