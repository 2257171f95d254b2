/**
 * What befell a region or zone as a whole, and what is worst in it: written on its frame as a mark and in words, for colour
 * alone would not be seen by everybody, or on the card it is collapsed to. It must not know React.
 */
import type { Design } from '../../model/document.ts';
import type { Live } from '../run/live.ts';
import { unitState, unitsThere, worstBadge } from './badge.ts';
import { attribute, mark, write } from './card-paint.ts';
import { specOf } from './flow.ts';

/** Who stands in a group, and whether its border lets nothing through: a fault of the group, not of any link. */
export interface GroupParts {
  readonly members: readonly string[];
  readonly isCut: boolean;
}

export interface GroupState {
  readonly isLost: boolean;
  readonly isCut: boolean;
}

/** Lost: all that can be down in it is down, whatever brought it down. Clients go on asking. */
export function groupState({ members, isCut }: GroupParts, design: Design, live: Live): GroupState {
  const fates = design.nodes
    .filter(({ id, kind }) => members.includes(id) && canCrash(kind))
    .flatMap(({ id }) => unitsThere(live, id).map((unit) => unitState(live, id, unit)));
  return {
    isLost: fates.length > 0 && fates.every((state) => state === 'down' || state === 'backOff'),
    isCut,
  };
}

function canCrash(kind: string): boolean {
  return specOf(kind)?.faults.some((fault) => fault.id === 'crash') ?? false;
}

/** "Lost, cut off"; empty when neither. */
export function groupWords({ isLost, isCut }: GroupState): string {
  if (isLost) return isCut ? 'Lost, cut off' : 'Lost';
  return isCut ? 'Cut off' : '';
}

/** Writes into the frame of a group, or into the line of the card that stands for it. */
type PaintGroup = (element: HTMLElement, parts: GroupParts, design: Design, live: Live) => void;

export const paintFrame: PaintGroup = (frame, parts, design, live) => {
  const state = groupState(parts, design, live);
  const words = groupWords(state);
  mark(frame, 'state', state.isLost ? 'lost' : state.isCut ? 'cut' : '');
  attribute(frame, 'aria-description', words.toLowerCase());
  const badge = frame.querySelector<HTMLElement>('[data-part="state"]');
  if (badge) write(badge, words);
};

export const paintCard: PaintGroup = (line, parts, design, live) => {
  const { text, isBad } = worstOf(parts, design, live);
  write(line, text);
  mark(line, 'alarm', isBad ? 'yes' : '');
};

/** "Lost", "Cut off", "orders: Down", or that all is well; nothing before there are numbers. */
export function worstOf(
  parts: GroupParts,
  design: Design,
  live: Live,
): { readonly text: string; readonly isBad: boolean } {
  const whole = groupWords(groupState(parts, design, live));
  if (whole !== '') return { text: whole, isBad: true };
  const nodes = design.nodes.filter(({ id }) => parts.members.includes(id));
  let warning = '';
  for (const { id, kind, label } of nodes) {
    const spec = specOf(kind);
    const badge = spec && worstBadge(spec, id, label, live);
    if (badge?.severity === 'bad') return { text: `${label}: ${badge.text}`, isBad: true };
    if (badge && warning === '') warning = `${label}: ${badge.text}`;
  }
  return { text: warning || (live.frame ? 'all well' : ''), isBad: false };
}
