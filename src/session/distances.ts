/**
 * The ways of a running design's links: latencies that follow from where components stand, and which are cut. Which
 * links these are is the catalog's to say; what a message then takes is the engine's.
 */
import { createSampler, type Sampler } from '../engine/chance/distributions.ts';
import type { Link } from '../engine/link/link.ts';
import type { Station } from '../engine/station/station.ts';
import { toNs } from '../engine/time.ts';
import { partedBy, presenceOf, waysIn, type Way } from '../kinds/ways.ts';
import type { Design, DesignLink } from '../model/document.ts';
import { placeJitter } from '../model/standing.ts';

/** What it needs of a running design. */
interface Parts {
  readonly design: Design;
  readonly links: ReadonlyMap<string, Link>;
  /** Ids of links and groups that are cut. */
  readonly cut: ReadonlySet<string>;
}

/** Once all stations know their links, and again after any change of the design or of what is cut. */
export function placeLinks(running: Parts): void {
  const { design, links, cut } = running;
  const waysOf = waysIn(design);
  const areParted = partedBy(design, cut);
  const jitter = jitterOf(design);
  const nodes = new Map(design.nodes.map((node) => [node.id, node]));
  for (const described of design.links) {
    const { id, from, to } = described;
    const link = links.get(id)!;
    const [caller, callee] = [presenceOf(nodes.get(from)!), presenceOf(nodes.get(to)!)];
    const ways = waysOf(described);
    // What is everywhere is also on this side of the cut.
    link.wire.cut = cut.has(id) || (!caller && !callee && areParted(from, to));
    const { latencyNs } = link.settings;
    const isSplit = caller !== undefined && callee === undefined;
    if (ways.length === 0 && !(isSplit && cut.size > 0)) link.wire.place(null);
    else if (caller === undefined) {
      const { rttMs } = ways[0];
      const still = { delays: null, cutUnits: null };
      link.wire.place({ latencyNs: toNs(rttMs / 2), jitter: rttMs > 0 ? jitter : null, ...still });
    } else {
      const delays = delaysByUnit(running, described, link, ways);
      const cutUnits = isSplit && cut.size > 0 ? cutByUnit(running, described, link, areParted) : null;
      link.wire.place({ latencyNs, jitter: ways.length > 0 ? jitter : null, delays, cutUnits });
    }
  }
}

/** One way by unit of a caller that has units where its own callers stand, ns. */
function delaysByUnit(running: Parts, described: DesignLink, link: Link, ways: readonly Way[]): Float64Array {
  const own = link.settings.latencyNs;
  const delays = new Float64Array((link.caller as Station).units.length).fill(NaN);
  for (const { unit, into } of unitsOfCallers(running, described, link)) {
    const way = ways.find(({ via }) => via === into.id);
    const delay = way ? toNs(way.rttMs / 2) : own;
    // Of several callers behind one unit the nearest counts, whatever their order in the file.
    if (!(delays[unit] <= delay)) delays[unit] = delay;
  }
  return delays.map((delay) => (Number.isNaN(delay) ? own : delay));
}

/** By unit of such a caller: 1 where a cut lies between its own callers and the callee. */
function cutByUnit(
  running: Parts,
  described: DesignLink,
  link: Link,
  areParted: (from: string, to: string) => boolean,
): Uint8Array {
  // What serves no caller, such as a health check, stands outside of all groups.
  const isOutside = areParted('', described.to);
  const cut = new Uint8Array((link.caller as Station).units.length).fill(isOutside ? 1 : 0);
  for (const { unit, into } of unitsOfCallers(running, described, link)) {
    cut[unit] = areParted(into.from, described.to) ? 1 : 0;
  }
  return cut;
}

function unitsOfCallers(
  { design, links }: Parts,
  described: DesignLink,
  link: Link,
): readonly { readonly unit: number; readonly into: DesignLink }[] {
  const { behaviour } = link.caller as Station;
  return design.links
    .filter((into) => into.to === described.from)
    .map((into) => ({ unit: behaviour.unitFor(links.get(into.id)!.index), into }));
}

function jitterOf(design: Design): Sampler | null {
  const cv = placeJitter(design);
  return cv > 0 ? createSampler({ distribution: 'lognormal', mean: 1, cv }) : null;
}
