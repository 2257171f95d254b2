/**
 * The ways of a running design's links: latencies that follow from where components stand, and which are cut. Which
 * links these are is the catalog's to say; what a message then takes is the engine's.
 */
import { createSampler, type Sampler } from '../engine/distributions.ts';
import type { Link } from '../engine/link.ts';
import type { Station } from '../engine/station.ts';
import { toNs } from '../engine/time.ts';
import { partedBy, presenceOf, waysIn, type Way } from '../kinds/ways.ts';
import type { Design, DesignLink } from '../model/document.ts';
import { placeJitter } from '../model/standing.ts';
import type { Running } from './assemble.ts';

/** Once all stations know their links, and again after any change of the design or of what is cut. */
export function placeLinks(running: Running): void {
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
    const isCutForSome = caller !== undefined && callee === undefined && cut.size > 0;
    if (ways.length === 0 && !isCutForSome) link.wire.place(null);
    else if (caller === undefined) {
      const { rttMs } = ways[0];
      link.wire.place({ latencyNs: toNs(rttMs / 2), delays: null, jitter: rttMs > 0 ? jitter : null });
    } else {
      const delays = delaysByUnit(running, described, link, ways, isCutForSome ? areParted : null);
      link.wire.place({
        latencyNs: link.settings.latencyNs,
        delays,
        jitter: ways.length > 0 ? jitter : null,
      });
    }
  }
}

/** One way by unit of a caller that has units where its own callers stand, ns; Infinity for those on the other side. */
function delaysByUnit(
  { design, links }: Running,
  described: DesignLink,
  link: Link,
  ways: readonly Way[],
  areParted: ((from: string, to: string) => boolean) | null,
): Float64Array {
  const { behaviour, units } = link.caller as Station;
  const delays = new Float64Array(units.length).fill(NaN);
  for (const into of design.links) {
    if (into.to !== described.from) continue;
    const unit = behaviour.unitFor(links.get(into.id)!.index);
    const way = ways.find(({ via }) => via === into.id);
    const oneWay = way ? toNs(way.rttMs / 2) : link.settings.latencyNs;
    const delay = areParted?.(into.from, described.to) ? Infinity : oneWay;
    // Of several callers behind one unit the nearest counts, whatever their order in the file.
    if (!(delays[unit] <= delay)) delays[unit] = delay;
  }
  return delays.map((delay) => (Number.isNaN(delay) ? link.settings.latencyNs : delay));
}

function jitterOf(design: Design): Sampler | null {
  const cv = placeJitter(design);
  return cv > 0 ? createSampler({ distribution: 'lognormal', mean: 1, cv }) : null;
}
