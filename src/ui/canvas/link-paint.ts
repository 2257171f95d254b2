/**
 * Writes the live numbers of one link into its SVG group, straight to the DOM: width by rate, colour by failures,
 * the breaker's switch, a cut. It must not know React.
 */
import { BREAKER_STATES, type BreakerState } from '../../session/protocol.ts';
import { formatDuration, formatRate, formatShare } from '../format.ts';
import type { Live } from '../run/live.ts';
import { attribute, mark, style } from './card-paint.ts';

/** Share of failed attempts from which a line is drawn as failing. */
const FAILING_FROM = 0.05;
/** Below this share retries are not worth a second strand. */
const RETRIES_FROM = 0.02;

/** How a link is drawn now; widths in canvas units. */
export interface LinkLook {
  readonly width: number;
  /** Width of the second strand, of retries; 0 without. */
  readonly retries: number;
  readonly isFailing: boolean;
  readonly breaker: BreakerState | null;
  readonly isCut: boolean;
}

export function linkLook(live: Live, id: string): LinkLook {
  const width = strandWidth(live.link(id, 'rateRps'));
  const retries = live.link(id, 'retryShare');
  return {
    width,
    retries: retries > RETRIES_FROM ? Math.round(width * Math.min(1, retries) * 10) / 10 : 0,
    isFailing: live.link(id, 'failedShare') >= FAILING_FROM,
    breaker: breakerOf(live, id),
    isCut: live.link(id, 'cut') === 1,
  };
}

export function paintLink(group: SVGGElement, id: string, live: Live): void {
  const look = linkLook(live, id);
  style(group, '--width', String(look.width));
  style(group, '--retries', String(look.retries));
  mark(group, 'failing', look.isFailing ? 'yes' : '');
  mark(group, 'breaker', look.breaker ?? '');
  mark(group, 'cut', look.isCut ? 'yes' : '');
  // The name of a link stays; what is true of it now is its description.
  if (group.parentElement) attribute(group.parentElement, 'aria-description', linkState(look));
}

/** "breaker open, cut": what is true of a link now; empty when all is well. */
export function linkState({ breaker, isCut }: Pick<LinkLook, 'breaker' | 'isCut'>): string {
  return [breaker && BREAKER_WORDS[breaker], isCut && 'cut'].filter(Boolean).join(', ');
}

/** Worst breaker of a link over the caller's units; null without a breaker. */
export function breakerOf(live: Live, id: string): BreakerState | null {
  return BREAKER_STATES[live.link(id, 'breaker')] ?? null;
}

/** Line width in canvas units: 1.5 idle, about 3 at 100 rps, 5 at 10,000. */
export function strandWidth(rateRps: number): number {
  if (!(rateRps > 0)) return 1.5;
  return Math.round(Math.min(7, 1.5 + 0.85 * Math.log10(1 + rateRps)) * 10) / 10;
}

export const BREAKER_WORDS: Record<BreakerState, string> = {
  closed: 'breaker closed',
  halfOpen: 'breaker half-open',
  open: 'breaker open',
  forcedOpen: 'breaker forced open',
  disabled: 'breaker disabled',
  metricsOnly: 'breaker only watches',
};

/** "612 rps · p95 1.90 s · 31 % failed · breaker open"; "no calls now" in place of numbers there are none of. */
export function linkSentence(live: Live, id: string): string {
  const rate = live.link(id, 'rateRps');
  const words: string[] = [];
  if (rate > 0) {
    words.push(formatRate(rate), `p95 ${formatDuration(live.link(id, 'p95Ms'))}`);
    words.push(`${formatShare(live.link(id, 'failedShare'))} failed`);
    const retries = live.link(id, 'retryShare');
    if (retries > 0) words.push(`${formatShare(retries)} retries`);
  } else words.push('no calls now');
  const breaker = breakerOf(live, id);
  if (breaker) words.push(BREAKER_WORDS[breaker]);
  if (live.link(id, 'cut') === 1) words.push('cut');
  return words.join(' · ');
}
