/** Writes on the card of a collapsed group what is worst in it now; numbers of one node each are for its own card. */
import type { Design } from '../../model/document.ts';
import type { Live } from '../run/live.ts';
import { worstBadge } from './badge.ts';
import { mark, write } from './card-paint.ts';
import { specOf } from './flow.ts';

export function paintGroup(line: HTMLElement, members: readonly string[], design: Design, live: Live): void {
  const { text, isBad } = worstOf(members, design, live);
  write(line, text);
  mark(line, 'alarm', isBad ? 'yes' : '');
}

/** "orders: Down", or that all is well; nothing before there are numbers. */
export function worstOf(
  members: readonly string[],
  design: Design,
  live: Live,
): { readonly text: string; readonly isBad: boolean } {
  const nodes = design.nodes.filter(({ id }) => members.includes(id));
  let warning = '';
  for (const { id, kind, label } of nodes) {
    const spec = specOf(kind);
    const badge = spec && worstBadge(spec, id, label, live);
    if (badge?.severity === 'bad') return { text: `${label}: ${badge.text}`, isBad: true };
    if (badge && warning === '') warning = `${label}: ${badge.text}`;
  }
  return { text: warning || (live.frame ? 'all well' : ''), isBad: false };
}
