/**
 * Lays the spans of one request out as a waterfall: rows in calling order, depth, bars, and the critical path, the
 * stretches of work the answer really waited for. Pure; it must not know how it is drawn.
 */
import type { Span, Trace } from '../../session/protocol.ts';

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface WaterfallRow {
  readonly span: Span;
  readonly depth: number;
  /** Still running when the trace was taken; its bar ends now. */
  readonly isOpen: boolean;
  readonly endMs: number;
  /** It went on after its caller had stopped waiting. */
  readonly isOutliving: boolean;
  /** Where the answer waited for this span itself, not for one of its calls. */
  readonly critical: readonly Stretch[];
}

export interface Waterfall {
  readonly rows: readonly WaterfallRow[];
  readonly fromMs: number;
  readonly toMs: number;
}

/** `nowMs` = simulated time now: as far as what still runs has come. */
export function layOutTrace({ spans }: Trace, nowMs = -Infinity): Waterfall {
  const fromMs = Math.min(...spans.map((span) => span.startMs));
  const known = spans.flatMap((span) => [span.startMs, span.endMs, ...span.notes.map((note) => note.atMs)]);
  const isOver = spans.every((span) => !Number.isNaN(span.endMs));
  const toMs = Math.max(isOver ? -Infinity : nowMs, ...known.filter((ms) => !Number.isNaN(ms)));
  if (spans.length === 0) return { rows: [], fromMs: 0, toMs: 0 };
  const endOf = (span: Span) => (Number.isNaN(span.endMs) ? toMs : span.endMs);
  const tree = childrenOf(spans);
  const critical = new Map<Span, Stretch[]>();
  const rows: WaterfallRow[] = [];
  const visit = (span: Span, depth: number, callerEndMs: number) => {
    rows.push({
      span,
      depth,
      isOpen: Number.isNaN(span.endMs),
      endMs: endOf(span),
      isOutliving: endOf(span) > callerEndMs,
      critical: critical.get(span) ?? [],
    });
    for (const child of tree.get(span) ?? []) visit(child, depth + 1, endOf(span));
  };
  for (const root of tree.get(null) ?? []) {
    walkBack(root, endOf(root), tree, endOf, critical);
    visit(root, 0, Infinity);
  }
  return { rows, fromMs, toMs };
}

/** How the request ended for its client: the last of its attempts decides; work that outlived it does not count. */
export function summaryOf(
  trace: Trace,
  nowMs: number,
): { readonly outcome: string; readonly durationMs: number } {
  const { rows, fromMs, toMs } = layOutTrace(trace, nowMs);
  const attempts = rows.filter((row) => row.depth === 0);
  const isOpen = attempts.length === 0 || attempts.some((row) => row.isOpen);
  if (isOpen) return { outcome: 'still running', durationMs: toMs - fromMs };
  const last = attempts[attempts.length - 1];
  return { outcome: last.span.outcome, durationMs: last.endMs - fromMs };
}

type Tree = ReadonlyMap<Span | null, readonly Span[]>;

/** Calls by caller, in the order they were made; a span whose caller is not in the trace counts as a root. */
function childrenOf(spans: readonly Span[]): Tree {
  const byId = new Map(spans.map((span) => [span.id, span]));
  const tree = new Map<Span | null, Span[]>();
  for (const span of spans) {
    const parent = (span.parent === null ? null : byId.get(span.parent)) ?? null;
    const siblings = tree.get(parent);
    if (siblings) siblings.push(span);
    else tree.set(parent, [span]);
  }
  for (const siblings of tree.values()) siblings.sort((a, b) => a.startMs - b.startMs || a.id - b.id);
  return tree;
}

/**
 * From the end backwards: what ended last before now is what was waited for. Calls that outlived `until` were not.
 */
function walkBack(
  span: Span,
  until: number,
  tree: Tree,
  endOf: (span: Span) => number,
  critical: Map<Span, Stretch[]>,
): void {
  const own: Stretch[] = [];
  critical.set(span, own);
  let now = until;
  const latestFirst = [...(tree.get(span) ?? [])].sort((a, b) => endOf(b) - endOf(a));
  for (const child of latestFirst) {
    const end = endOf(child);
    if (end > now || child.startMs >= now) continue;
    if (end < now) own.push({ fromMs: end, toMs: now });
    walkBack(child, end, tree, endOf, critical);
    now = child.startMs;
  }
  if (span.startMs < now) own.push({ fromMs: span.startMs, toMs: now });
}
