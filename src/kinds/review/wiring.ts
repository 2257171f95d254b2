/** Components and the links between them, as rules about load and waiting need them. It must not know any rule. */
import type { DesignLink, DesignNode } from '../../model/document.ts';
import { inOrderOfId } from '../../model/order.ts';
import type { ParamValues } from '../../model/params.ts';
import type { KindSpec, Traits } from '../contract.ts';
import type { LINK_PARAMS } from '../link.ts';
import { mostAttempts } from '../retried-outcomes.ts';
import { fit, routeNumber } from '../routes.ts';

export type Policy = ParamValues<typeof LINK_PARAMS>;

/** A node of a kind this version knows. */
export interface Known {
  readonly node: DesignNode;
  readonly spec: KindSpec;
  readonly params: ParamValues<KindSpec['params']>;
  readonly traits: Traits;
  readonly out: readonly Wired[];
  readonly in: readonly Wired[];
}

export interface Wired {
  readonly link: DesignLink;
  readonly policy: Policy;
  readonly other: string;
}

type Routed = Pick<Wired, 'link' | 'policy'>;

/** The links that fit requests for a route most closely; none where all are for others. */
export function routesFor<T extends Routed>(links: readonly T[], route: number): readonly T[] {
  const fits = links.map(({ policy }) => fit(routeNumber(policy), route));
  const closest = Math.max(0, ...fits);
  return links.filter((_, i) => fits[i] === closest);
}

/** The one that takes the requests for a route where each goes over the first link, in the order of assembly. */
export function onlyRouteFor<T extends Routed>(links: readonly T[], route: number): T | undefined {
  const [first] = inOrderOfId(routesFor(links, route).map((each) => ({ id: each.link.id, each })));
  return first?.each;
}

/** How long the caller waits for this link at most, all attempts and pauses included; Infinity without a limit. */
export function longestWaitMs(policy: Policy): number {
  const { attemptTimeoutMs, totalTimeoutMs } = policy;
  const total = totalTimeoutMs > 0 ? totalTimeoutMs : Infinity;
  return attemptTimeoutMs === 0 ? total : Math.min(total, longestTriesMs(policy));
}

/** How long all attempts take when each runs into its timeout and each pause is as long as it may be, ms; no total timeout. */
export function longestTriesMs(policy: Policy): number {
  const { attemptTimeoutMs, backoff, backoffBaseMs, backoffCapMs, backoffFactor, backoffStartsGrown } =
    policy;
  const attempts = mostAttempts(policy);
  let sum = attempts * attemptTimeoutMs;
  const grows = backoff !== 'constant' && backoff !== 'decorrelated';
  const growth = backoff === 'constant' ? 1 : backoff === 'decorrelated' ? 3 : backoffFactor;
  let pause =
    backoff === 'decorrelated' || (grows && backoffStartsGrown) ? growth * backoffBaseMs : backoffBaseMs;
  for (let retry = 1; retry < attempts; retry++) {
    sum += Math.min(pause, backoffCapMs);
    pause *= growth;
  }
  return sum;
}
