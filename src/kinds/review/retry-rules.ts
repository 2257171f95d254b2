/** Rules about trying again: how often, with what pause and budget, and in how many layers at once. */
import type { Fix, Neighbour, Place } from '../contract.ts';
import { mostAttempts, repeatsWrites } from '../retried-outcomes.ts';
import type { LinkRule } from './link-rules.ts';
import { number, setParam } from './words.ts';

const DEFAULT_BUDGET = '20 %';

const withoutBudget: LinkRule = (caller, { link, policy, node }) => {
  const attempts = mostAttempts(policy);
  if (attempts < 2 || policy.retryBudgetShare > 0) return null;
  return {
    rule: 'retry-without-budget',
    severity: 'warning',
    text: `${caller.node.label} tries ${node.label} up to ${attempts} times without a retry budget.`,
    why: `When ${node.label} fails, it gets up to ${attempts} times the calls, just when it can take least.`,
    fix: setParam(`Allow ${DEFAULT_BUDGET} retries`, link.id, 'retryBudgetShare', undefined),
  };
};

const withoutJitter: LinkRule = (caller, { link, policy, node }) => {
  const isBare = policy.backoffBaseMs === 0;
  const isRegular = policy.backoff === 'constant' || policy.backoff === 'exponential';
  if (mostAttempts(policy) < 2 || !(isBare || isRegular)) return null;
  const fix = isBare
    ? setParam('Pause 100 ms first', link.id, 'backoffBaseMs', undefined)
    : setParam('Randomise the pauses', link.id, 'backoff', undefined);
  return {
    rule: isBare ? 'retry-without-pause' : 'retry-without-jitter',
    severity: isBare ? 'warning' : 'note',
    text: isBare
      ? `${caller.node.label} tries ${node.label} again at once.`
      : `${caller.node.label} tries ${node.label} again after pauses that are the same for all.`,
    why: isBare
      ? 'What made the first try fail is most likely still so a moment later.'
      : 'Calls that failed together come back together, in waves.',
    fix,
  };
};

/** What fails without an answer may have been done all the same. */
const repeatedWrites: LinkRule = (caller, { link, policy, node }) => {
  if (!repeatsWrites(policy)) return null;
  return {
    rule: 'writes-repeated',
    severity: 'note',
    text: `${caller.node.label} repeats writes to ${node.label}, even those that may have been done.`,
    why: 'A payment must not be made twice: only what recognises a repeated write, by a key say, may get one.',
    fix: setParam('Repeat reads only', link.id, 'retryWrites', undefined),
  };
};

const nothingRepeated: LinkRule = (caller, { link, policy, node }) => {
  if (policy.attempts < 2 || mostAttempts(policy) > 1) return null;
  return {
    rule: 'retries-nothing',
    severity: 'note',
    text: `${caller.node.label} may try ${node.label} ${policy.attempts} times, but repeats after nothing.`,
    why:
      policy.retryOutcomes === ''
        ? 'The list of what is repeated is empty, so each call has one try.'
        : 'The link carries writes only, and after what is listed they may have been done.',
    fix: setParam('Repeat what is safe', link.id, 'retryOn', undefined),
  };
};

/** More than this many attempts of one request at one component is called multiplied. */
const TOO_MANY = 4;

function multiplied(places: ReadonlyMap<string, Place>): LinkRule {
  const worst = waysAbove(places);
  return (caller, callee) => {
    const own = triesOf(caller, callee);
    const above = worst(caller);
    const product = above.factor * own;
    if (own < 2 || above.factor < 2 || product < TOO_MANY) return null;
    const upper = above.layers.map(({ link }) => link.id);
    const path = [...above.names, callee.node.label].join(' → ');
    const fix: Fix = {
      label: `Retry only at ${callee.node.label}`,
      edit: { type: 'setParam', ids: upper, name: 'attempts', value: undefined },
    };
    return {
      rule: 'retries-multiplied',
      severity: 'warning',
      text: `One request may reach ${callee.node.label} ${number(product)} times: retries multiply along ${path}.`,
      why: 'Retry in one layer only, the one next to what fails.',
      ...(upper.length > 0 && policyTries(callee) > 1 ? { fix } : {}),
    };
  };
}

const policyTries = ({ policy }: Neighbour) => mostAttempts(policy);
const triesOf = (caller: Place, callee: Neighbour) => policyTries(callee) * (caller.traits.tries ?? 1);

interface Above {
  readonly factor: number;
  readonly layers: readonly Neighbour[];
  readonly names: readonly string[];
}

/** The way from a source on which most tries come together. Each place is looked at once; loops are not followed. */
function waysAbove(places: ReadonlyMap<string, Place>): (place: Place) => Above {
  const found = new Map<string, Above>();
  const worst = (place: Place): Above => {
    const known = found.get(place.node.id);
    if (known) return known;
    let above: Above = { factor: 1, layers: [], names: [place.node.label] };
    found.set(place.node.id, above);
    for (const caller of place.callers) {
      const from = places.get(caller.node.id);
      if (!from) continue;
      const upper = worst(from);
      const factor = upper.factor * policyTries(caller) * (from.traits.tries ?? 1);
      if (factor <= above.factor) continue;
      const layers = policyTries(caller) > 1 ? [...upper.layers, caller] : upper.layers;
      above = { factor, layers, names: [...upper.names, place.node.label] };
    }
    found.set(place.node.id, above);
    return above;
  };
  return worst;
}

export function retryRules(places: ReadonlyMap<string, Place>): readonly LinkRule[] {
  return [withoutBudget, withoutJitter, repeatedWrites, nothingRepeated, multiplied(places)];
}
