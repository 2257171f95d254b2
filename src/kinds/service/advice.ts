/** A service at rest: enough instances, and a queue that those who wait in it can live with. */
import { defineAdvice, type Finding, type Place } from '../contract.ts';
import { longestWaitMs } from '../review/wiring.ts';
import { number, setParam, time } from '../review/words.ts';
import type { ParamValues } from '../../model/params.ts';
import { lifeFindings } from './life-advice.ts';
import type { spec } from './spec.ts';

type Params = (typeof spec)['params'];

export const advice = defineAdvice<Params>({
  traits: (params) => {
    const { least, most } = rangeOf(params);
    return {
      workMs: params.serviceMs,
      servers: most * params.workers,
      holdsWhileWaiting: params.waiting === 'blocks',
      admits: most * (params.workers + params.queueLimit),
      callers: most,
      replicas: least,
    };
  },
  secondUnit: ({ id, params }) =>
    (params.autoscale ?? 'off') === 'off'
      ? setParam('Run two instances', id, 'instances', 2)
      : setParam('Keep at least two instances', id, 'minInstances', 2),
  warnings: (place) => [...queueTooLong(place), ...lifeFindings(place)],
  cost({ params }, sizes) {
    const each = Math.max(1, Math.ceil(params.workers / sizes.workersPerVcpu));
    const words = `${number(params.instances)} × ${each} vCPU (${sizes.workersPerVcpu} workers each)`;
    return [{ price: 'vcpu', quantity: params.instances * each, words }];
  },
});

/** Instances there are at least, and at most. */
function rangeOf({ autoscale, instances, minInstances, maxInstances }: ParamValues<Params>) {
  if (autoscale === 'off') return { least: instances, most: instances };
  return { least: minInstances, most: Math.max(minInstances, maxInstances) };
}

/** Whoever stands at the end of a full queue is served after its caller has gone. */
function queueTooLong({ node, params, callers }: Place<Params>): Finding[] {
  const { queueLimit, workers, serviceMs } = params;
  const patience = Math.min(
    ...callers.map(({ policy }) => Math.min(policy.attemptTimeoutMs || Infinity, longestWaitMs(policy))),
  );
  const waitMs = (queueLimit * serviceMs) / workers;
  if (!Number.isFinite(patience) || waitMs <= patience) return [];
  const fits = Math.max(0, Math.floor((patience / serviceMs) * workers));
  return [
    {
      rule: 'queue-longer-than-timeout',
      severity: 'warning',
      text: `A full queue at ${node.label} takes ${time(waitMs)} to work off, but callers give up after ${time(patience)}.`,
      why: 'In an overload it then works only on requests that nobody waits for any more.',
      fix: setParam(`Let ${number(fits)} wait`, node.id, 'queueLimit', fits),
    },
  ];
}
