/** A global router at rest: whether it has a choice, learns of a loss in time, and moves clients soon enough. */
import { defineAdvice, type Finding, type Place } from '../contract.ts';
import { setParam, time } from '../review/words.ts';
import type { spec } from './spec.ts';

type Params = (typeof spec)['params'];

/** Longer than people accept to be sent to a region that is gone. */
const LONG_MS = 300_000;
const SHORT_TTL_MS = 60_000;

export const advice = defineAdvice<Params>({
  traits: ({ policy, routing }) => ({
    chooses: true,
    tries: routing === 'dns' && policy === 'multivalue' ? 2 : 1,
  }),
  warnings: (place) => [...choices(place), ...lateNotice(place), ...unusedCapacity(place)],
});

function choices({ node, params, callees }: Place<Params>): Finding[] {
  const found: Finding[] = [];
  if (callees.length === 1) {
    found.push({
      rule: 'one-region',
      severity: 'note',
      text: `${node.label} has one region to answer with.`,
      why: 'When it is lost, there is nowhere else to go. Link a second region.',
    });
  }
  if (callees.length > 0 && callees.every(({ policy }) => policy.weight === 0)) {
    found.push({
      rule: 'all-weights-zero',
      severity: 'warning',
      text: `${node.label} has weight 0 on every link.`,
      why: 'It then answers as if all weights were 1, which is hardly what was meant.',
    });
  }
  const isByPlace = params.routing === 'anycast' || params.policy === 'latency' || params.policy === 'geo';
  const isNowhere = callees.every(
    (callee) => callee.node.group === undefined && !callee.link.params.latencyMs,
  );
  if (callees.length > 1 && isByPlace && isNowhere) {
    found.push({
      rule: 'no-places',
      severity: 'note',
      text: `${node.label} sends everybody to ${callees[0].node.label}: nothing says which region is nearer.`,
      why: 'Put the regions and the clients into groups, and give the groups a place.',
    });
  }
  return found;
}

function lateNotice({ node, params, callees }: Place<Params>): Finding[] {
  const { routing, check, checkMs, checkFails, checkTimeoutMs, ttlMs } = params;
  if (callees.length < 2) return [];
  if (!check) {
    return [
      {
        rule: 'regions-not-probed',
        severity: 'warning',
        text: `${node.label} does not notice when a region is lost.`,
        why: 'It goes on sending clients there until somebody changes that by hand.',
        fix: setParam('Probe regions', node.id, 'check', undefined),
      },
    ];
  }
  const found: Finding[] = [];
  const detectionMs = checkMs * checkFails;
  const isLong = detectionMs + ttlMs > LONG_MS;
  if (routing === 'dns' && (isLong || ttlMs > Math.max(detectionMs, SHORT_TTL_MS))) {
    const helps = ttlMs > SHORT_TTL_MS && detectionMs + SHORT_TTL_MS <= LONG_MS;
    found.push({
      rule: 'answers-outlive-loss',
      severity: isLong ? 'warning' : 'note',
      text: `Clients of ${node.label} may be sent to a lost region for ${time(detectionMs + ttlMs)}: ${time(detectionMs)} until it is noticed, and ${time(ttlMs)} in caches.`,
      why: 'And longer where clients keep answers beyond that. Probe more often, or let answers live shorter.',
      ...(helps
        ? { fix: setParam(`Let answers live ${time(SHORT_TTL_MS)}`, node.id, 'ttlMs', undefined) }
        : {}),
    });
  }
  if (checkTimeoutMs > checkMs) {
    found.push({
      rule: 'probe-outlives-interval',
      severity: 'note',
      text: `${node.label} waits longer for a probe than until the next one is due.`,
      why: 'Probes then come later than set, and a lost region is noticed later.',
      fix: setParam('Wait no longer than the interval', node.id, 'checkTimeoutMs', checkMs),
    });
  }
  return found;
}

function unusedCapacity({ node, params, callees }: Place<Params>): Finding[] {
  const isUsed =
    params.routing === 'dns' && params.spill && (params.policy === 'latency' || params.policy === 'geo');
  const said = callees.find(({ policy }) => policy.capacityRps > 0);
  if (isUsed || !said) return [];
  return [
    {
      rule: 'capacity-not-used',
      severity: 'note',
      text: `${node.label} does not look at the capacity of ${said.node.label}.`,
      why: 'Only DNS answers by latency or geography spill over, and only while that is on.',
    },
  ];
}
