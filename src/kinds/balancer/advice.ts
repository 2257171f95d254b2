/** A balancer at rest: whether it has a choice, and notices when a peer is gone. */
import type { DesignNode } from '../../model/document.ts';
import { defineAdvice, type Finding } from '../contract.ts';
import { monthlyMillions, rateWords } from '../prices.ts';
import { setParam } from '../review/words.ts';
import { ANY_ROUTE, routeNumber } from '../routes.ts';
import { isInRequest } from './hashkey.ts';
import { heedsSlowStart } from './slowstart.ts';
import type { BalancerParams, spec } from './spec.ts';

const PRODUCTS = { nginx: 'nginx', haproxy: 'HAProxy', envoy: 'Envoy' } as const;

export const advice = defineAdvice<(typeof spec)['params']>({
  traits: (params) => ({
    workMs: params.overheadMs,
    callers: params.replicas,
    ...(params.workers > 0 ? { servers: params.workers * params.replicas } : {}),
    // Refused connections cost next to nothing; only calls that ran count as tries.
    tries: params.tryNext === 'timeout' || params.tryNext === 'errors' ? params.maxTries : 1,
    replicas: params.replicas,
    chooses: true,
    routes: params.layer === 'l7',
  }),
  secondUnit: (node) => setParam('Run two replicas', node.id, 'replicas', 2),
  warnings({ node, params, callees }) {
    const found: Finding[] = [];
    const units = callees.reduce((sum, { traits }) => sum + (traits.replicas ?? 1), 0);
    if (callees.length === 1 && units === 1) {
      found.push({
        rule: 'nothing-to-balance',
        severity: 'note',
        text: `${node.label} has one instance to choose from.`,
        why: 'It adds a hop and spreads nothing. Add instances, or another peer.',
      });
    }
    const isDirect = params.layer === 'l4' && params.directReturn;
    const hasRemedy = params.passive || params.outlier || params.tryNext !== 'never';
    if (!params.active && (isDirect || !hasRemedy) && units > 1) {
      found.push({
        rule: 'failing-peers-kept',
        severity: 'warning',
        text: `${node.label} keeps sending to peers that fail, and tries no other.`,
        why: `When one of ${units} is down, its share of the requests fails until it is back.`,
        fix: isDirect
          ? setParam('Probe the peers', node.id, 'active', undefined)
          : setParam('Eject failing peers', node.id, 'passive', undefined),
      });
    }
    if (params.active && params.checkTimeoutMs > params.checkMs) {
      found.push({
        rule: 'probe-outlives-interval',
        severity: 'note',
        text: `${node.label} waits longer for a probe than until the next one is due.`,
        why: 'Probes then come later than set, and a dead peer is noticed later.',
        fix: setParam('Wait no longer than the interval', node.id, 'checkTimeoutMs', params.checkMs),
      });
    }
    if (params.slowStartMs > 0 && !heedsSlowStart(params.variant, params.algorithm)) {
      found.push({
        rule: 'slow-start-without-effect',
        severity: 'note',
        text: `${node.label} is to start peers slowly, but its algorithm does not do so.`,
        why: `By the rules of ${PRODUCTS[params.variant]} a peer that comes back gets its whole share at once here.`,
        fix: setParam('No slow start', node.id, 'slowStartMs', undefined),
      });
    }
    if (params.layer === 'l4') {
      found.push(
        ...unseenAtLayer4(
          node,
          params,
          callees.some(({ policy }) => routeNumber(policy) !== ANY_ROUTE),
        ),
      );
    }
    if (units > 0 && callees.every(({ link }) => link.params.weight === 0)) {
      found.push({
        rule: 'all-weights-zero',
        severity: 'warning',
        text: `${node.label} may send requests to none of its peers.`,
        why: 'The weight of every link out of it is 0.',
      });
    }
    return found;
  },
  cost: ({ expected, params }, sizes) => [
    { price: 'balancer', quantity: params.replicas, words: `${params.replicas} of them` },
    {
      price: 'balancerMillion',
      quantity: monthlyMillions(expected.meanRps, sizes),
      words: rateWords(expected.meanRps),
    },
  ],
});

/** What is set at a balancer of layer 4 although only layer 7 reads requests. */
function unseenAtLayer4(node: DesignNode, params: BalancerParams, hasRoutes: boolean): Finding[] {
  const found: Finding[] = [];
  if (hasRoutes) {
    found.push({
      rule: 'routes-at-layer-4',
      severity: 'warning',
      text: `${node.label} works at layer 4 and does not see paths or headers, but links from it are for some.`,
      why: 'It sends every connection to any of its peers. Only layer 7 reads requests.',
      fix: setParam('Work at layer 7', node.id, 'layer', undefined),
    });
  }
  if (params.sticky) {
    found.push({
      rule: 'cookie-at-layer-4',
      severity: 'warning',
      text: `${node.label} works at layer 4 and does not see its sticky cookie.`,
      why: 'Visitors go where their connection goes. Only layer 7 reads cookies.',
      fix: setParam('Work at layer 7', node.id, 'layer', undefined),
    });
  }
  const isHashed = ['hash', 'ringHash', 'maglev'].includes(params.algorithm);
  if (isHashed && isInRequest(params.hashKey)) {
    found.push({
      rule: 'hash-at-layer-4',
      severity: 'warning',
      text: `${node.label} works at layer 4 and does not see the ${params.hashKey} it is to hash.`,
      why: 'Its connections take turns. At layer 4 only the address of the client can be hashed.',
      fix: setParam('Hash the client address', node.id, 'hashKey', undefined),
    });
  }
  return found;
}
