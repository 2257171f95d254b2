/** Live numbers from a table, for tests of what is made of them. */
import {
  BREAKER_STATES,
  UNIT_STATES,
  type BreakerState,
  type UnitState,
} from '../../../src/session/protocol.ts';
import type { Live } from '../../../src/ui/run/live.ts';

type Numbers<F extends string> = Partial<Record<F, number>>;
export interface FakeUnit {
  readonly state?: UnitState;
  readonly utilisation?: number;
  readonly waiting?: number;
}

export interface FakeNumbers {
  readonly node?: Numbers<Parameters<Live['node']>[1]>;
  readonly link?: Numbers<Parameters<Live['link']>[1]>;
  readonly breaker?: BreakerState;
  readonly units?: Readonly<Record<string, FakeUnit>>;
}

/** The same numbers for every node, link and unit asked for; NaN for what is not given. */
export function fakeLive({ node = {}, link = {}, breaker, units = {} }: FakeNumbers): Live {
  const names = Object.keys(units);
  return {
    frame: null,
    layout: null,
    subscribe: () => () => {},
    node: (_, field) => node[field] ?? NaN,
    link: (_, field) =>
      field === 'breaker' && breaker ? BREAKER_STATES.indexOf(breaker) : (link[field] ?? NaN),
    units: () => names,
    unit(_, index, field) {
      const unit = units[names[index]] ?? {};
      if (field === 'state') return UNIT_STATES.indexOf(unit.state ?? 'up');
      return (field === 'rateRps' ? undefined : unit[field]) ?? NaN;
    },
  };
}
