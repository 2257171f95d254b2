/**
 * Which links of a foreign drawing may be drawn here; the others are left out, each with its reason. Thousands are
 * judged in a moment. It must not know any format.
 */
import { connectionProblem } from '../../kinds/connect.ts';
import { emptyDesign, type DesignLink, type DesignNode } from '../../model/document.ts';

/** Finding the way around takes long where there are thousands of links. */
const MOST_LOOPS_SHOWN = 20;

interface Ends {
  readonly from: string;
  readonly to: string;
}

export function legalLinks(
  nodes: readonly DesignNode[],
  wanted: readonly Ends[],
  remarks: string[],
): readonly DesignLink[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const drawn: DesignLink[] = [];
  const out = new Map<string, DesignLink[]>();
  let loops = 0;
  for (const { from, to } of wanted) {
    const some = [byId.get(from), byId.get(to)].filter((node) => node !== undefined);
    const own = out.get(from) ?? [];
    // The rules look along all links for a loop; they see more than the caller's own only where there is one.
    const isLoop = from !== to && reaches(out, to, from);
    if (isLoop) loops++;
    const isShown = isLoop && loops <= MOST_LOOPS_SHOWN;
    const problem =
      isLoop && !isShown
        ? 'That would make a loop.'
        : connectionProblem(
            { ...emptyDesign(), nodes: isLoop ? nodes : some, links: isLoop ? drawn : own },
            from,
            to,
          );
    if (problem === null) {
      const link = { id: `l${drawn.length + 1}`, from, to, params: {} };
      drawn.push(link);
      out.set(from, [...own, link]);
    } else {
      const names = [from, to].map((id) => byId.get(id)?.label ?? id);
      remarks.push(`The link ${names.join(' → ')} is left out. ${problem}`);
    }
  }
  return drawn;
}

function reaches(out: ReadonlyMap<string, readonly DesignLink[]>, start: string, end: string): boolean {
  const seen = new Set([start]);
  for (const id of seen) {
    if (id === end) return true;
    for (const { to } of out.get(id) ?? []) seen.add(to);
  }
  return false;
}
