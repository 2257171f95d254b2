/**
 * The faults that units of every kind may have, carried out on one unit or on all, each with a sentence about what
 * happened. It must not know kinds, nor who ordered a fault.
 */
import { NEVER_MS } from '../machines/life.ts';
import type { Unit } from './unit.ts';

/** In a gray failure this share of the calls fails besides being slow. */
const GRAY_SHARE = 0.2;

type Mishap = (who: string, units: readonly Unit[], factor: number) => string;

const percent = (share: number) => `${Math.round(share * 100)} %`;

const MISHAPS: Readonly<Record<string, Mishap>> = {
  crash(who, units) {
    for (const unit of units) unit.crash();
    return `${who} crashed`;
  },
  restore(who, units) {
    for (const unit of units) {
      if (unit.crashLoopMs !== NEVER_MS) unit.setCrashLoop(NEVER_MS);
      unit.send({ type: 'RESTORE' });
    }
    return `${who} restarts`;
  },
  /** `factor`: seconds it lives after each start. */
  crashLoop(who, units, factor) {
    for (const unit of units) {
      unit.setCrashLoop(factor * 1_000);
      unit.crash();
    }
    return `${who} crashes, and does so again ${factor} s after each start`;
  },
  slow(who, units, factor) {
    for (const unit of units) change(unit, { slow: factor });
    return factor > 1 ? `${who} runs ${factor} times slower` : `${who} is back to full speed`;
  },
  errors(who, units, factor) {
    for (const unit of units) change(unit, { errorShare: factor });
    return factor > 0 ? `${who} fails ${percent(factor)} of its calls` : `${who} fails no more calls`;
  },
  gray(who, units, factor) {
    for (const unit of units) change(unit, { graySlow: factor, grayShare: GRAY_SHARE });
    return `${who} works ${factor} times slower and fails ${percent(GRAY_SHARE)} of its calls, but looks alive`;
  },
  noGray(who, units) {
    for (const unit of units) change(unit, { graySlow: 1, grayShare: 0 });
    return `${who} really is well again`;
  },
  /** `factor`: seconds. */
  pause(who, units, factor) {
    for (const unit of units) if (unit.listens) unit.tellStall({ type: 'PAUSE', pauseMs: factor * 1_000 });
    return `${who} stands still for ${factor} s`;
  },
  blackHole(who, units) {
    for (const unit of units) if (unit.listens) unit.tellStall({ type: 'HANG' });
    return `${who} accepts calls and answers none`;
  },
  answers(who, units) {
    for (const unit of units) unit.tellStall({ type: 'RELEASE' });
    return `${who} answers again`;
  },
};
const OTHER_NAMES: Readonly<Record<string, string>> = { fast: 'slow', noErrors: 'errors' };

/** What happened to `who`, whose units these are; null when there is no such fault. */
export function befall(fault: string, who: string, units: readonly Unit[], factor: number): string | null {
  const name = Object.hasOwn(OTHER_NAMES, fault) ? OTHER_NAMES[fault] : fault;
  return Object.hasOwn(MISHAPS, name) ? MISHAPS[name](who, units, factor) : null;
}

/** Befalls a process that runs; where there is none, the next one starts without the fault. */
function change(unit: Unit, faults: Partial<Unit['faults']>): void {
  if (!unit.listens) return;
  Object.assign(unit.faults, faults);
  unit.settle();
  unit.send({ type: unit.isFaulty ? 'DEGRADE' : 'RECOVER' });
}
