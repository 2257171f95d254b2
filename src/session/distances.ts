/**
 * Latencies that follow from where components stand, given to the links of a running design. Which links these are is
 * the catalog's to say; what a message then takes is the engine's.
 */
import { createSampler } from '../engine/distributions.ts';
import type { Link } from '../engine/link.ts';
import type { Station } from '../engine/station.ts';
import { toNs } from '../engine/time.ts';
import type { Way as EngineWay } from '../engine/wire.ts';
import { waysIn, type Way } from '../kinds/ways.ts';
import type { Design } from '../model/document.ts';
import { placeJitter } from '../model/standing.ts';
import type { Running } from './assemble.ts';

/** Once all stations know their links, and again after any change of the design. */
export function placeLinks({ links }: Running, design: Design): void {
  const waysOf = waysIn(design);
  const cv = placeJitter(design);
  const jitter = cv > 0 ? createSampler({ distribution: 'lognormal', mean: 1, cv }) : null;
  for (const described of design.links) {
    const link = links.get(described.id)!;
    const ways = waysOf(described);
    const isThere = ways.every((way) => way.rttMs === 0);
    link.wire.place(
      ways.length === 0 ? null : { ...timesOf(link, ways, links), jitter: isThere ? null : jitter },
    );
  }
}

function timesOf(
  link: Link,
  ways: readonly Way[],
  links: ReadonlyMap<string, Link>,
): Pick<EngineWay, 'latencyNs' | 'delays'> {
  const own = link.settings.latencyNs;
  if (ways[0].via === null) return { latencyNs: toNs(ways[0].rttMs / 2), delays: null };
  const caller = link.caller as Station;
  const delays = new Float64Array(caller.units.length).fill(Infinity);
  // Of several callers behind one unit the nearest counts, whatever their order in the file.
  for (const { via, rttMs } of ways) {
    const unit = caller.behaviour.unitFor(links.get(via!)!.index);
    delays[unit] = Math.min(delays[unit], toNs(rttMs / 2));
  }
  return { latencyNs: own, delays: delays.map((delay) => (delay === Infinity ? own : delay)) };
}
