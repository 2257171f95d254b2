/**
 * Notices a metastable failure (Bronson et al. 2021): whatever started it is over, nothing is broken and no more is asked
 * for than before, and still hardly a request is answered well, because the system is busy with its own failures. It
 * only watches, and says so in the log. It must not know kinds.
 */
import type { Core } from '../core.ts';
import type { Severity } from './journal.ts';
import type { Link } from '../link/link.ts';
import type { Source } from '../station/source.ts';
import type { Station } from '../station/station.ts';
import { toMs } from '../time.ts';
import { type Unit, UP } from '../units/unit.ts';
import type { ClosedWindow } from './windows.ts';

interface Watched {
  readonly core: Core;
  readonly stations: readonly Station[];
  readonly links: readonly Link[];
  readonly sources: readonly Source[];
}

/** Windows are put together to seconds, and these are judged. */
const SECOND_MS = 1_000;
/** Seconds without trouble before there is something to compare with. */
const ORDINARY_SECONDS = 5;
/** Seconds it has to stay bad with nothing broken; within them a queue that drains gets shorter. */
const BAD_SECONDS = 15;
/** Share of the ordinary goodput below which it is bad, and from which it is over. */
const BAD_BELOW = 0.5;
const OVER_FROM = 0.9;
/** More than this times the ordinary load is a reason of its own. */
const MORE_LOAD = 1.2;
/** A queue this much shorter than `BAD_SECONDS` ago is being worked off. */
const SHRINKS = 0.97;
/** Weight of a new ordinary second in the averages. */
const WEIGHT = 0.1;

export class MetastableWatch {
  private readonly bySource = new Map<Source, SourceWatch>();
  private lengthMs = 0;
  private calls = 0;
  private retries = 0;

  windowClosed({ lengthMs }: ClosedWindow, system: Watched): void {
    this.lengthMs += lengthMs;
    // Whole seconds, whatever the windows: 999.999… is one.
    if (this.lengthMs < SECOND_MS - 1e-6) return;
    const isBroken = !isWhole(system);
    const waiting = system.stations.reduce((sum, station) => sum + station.fleet.waiting, 0);
    const retryShare = this.takeRetryShare(system.links);
    for (const source of system.sources) {
      let watch = this.bySource.get(source);
      if (!watch) this.bySource.set(source, (watch = new SourceWatch(source, system.core)));
      watch.judge(this.lengthMs, isBroken, waiting, retryShare);
    }
    this.lengthMs = 0;
  }

  /** Retries ÷ calls since this was last asked. */
  private takeRetryShare(links: readonly Link[]): number {
    const [calls, retries] = [this.calls, this.retries];
    this.calls = links.reduce((sum, link) => sum + link.meter.arrived, 0);
    this.retries = links.reduce((sum, link) => sum + link.retries.total, 0);
    // The end of a warm-up sets calls back.
    return this.calls > calls ? (this.retries - retries) / (this.calls - calls) : 0;
  }
}

class SourceWatch {
  private readonly source: Source;
  private readonly core: Core;
  private offered = 0;
  private good = 0;
  private ordinarySeconds = 0;
  private ordinaryLoad = 0;
  private ordinaryShare = 0;
  /** Something was broken, or more was asked for, since the last ordinary second. */
  private wasTroubled = false;
  /** Since when nothing is broken any more, ns. */
  private calmSince = 0;
  /** Calls waiting anywhere at the end of each bad second so far. */
  private waiting: number[] = [];
  private isSaid = false;

  constructor(source: Source, core: Core) {
    this.source = source;
    this.core = core;
  }

  judge(lengthMs: number, isBroken: boolean, waiting: number, retryShare: number): void {
    const { arrived, ok } = this.source.station.meter;
    const [offered, good] = [arrived - this.offered, ok - this.good];
    this.offered = arrived;
    this.good = ok;
    if (offered <= 0) return;
    const load = (offered * SECOND_MS) / lengthMs;
    const share = good / offered;
    const isKnown = this.ordinarySeconds >= ORDINARY_SECONDS;
    if (isBroken || (isKnown && load > MORE_LOAD * this.ordinaryLoad)) {
      this.wasTroubled = true;
      this.calmSince = this.core.now;
      this.waiting = [];
    } else if (!isKnown || share >= OVER_FROM * this.ordinaryShare) this.ordinary(load, share);
    else if (this.wasTroubled && share < BAD_BELOW * this.ordinaryShare) this.bad(share, waiting, retryShare);
    else this.waiting = [];
  }

  private ordinary(load: number, share: number): void {
    const weight = Math.max(WEIGHT, 1 / ++this.ordinarySeconds);
    this.ordinaryLoad += (load - this.ordinaryLoad) * weight;
    this.ordinaryShare += (share - this.ordinaryShare) * weight;
    this.wasTroubled = false;
    this.waiting = [];
    if (this.isSaid) this.say('good', 'The metastable failure is over');
    this.isSaid = false;
  }

  private bad(share: number, waiting: number, retryShare: number): void {
    this.waiting.push(waiting);
    if (this.waiting.length < BAD_SECONDS || this.isSaid) return;
    const before = this.waiting.shift()!;
    if (waiting < SHRINKS * before) return;
    this.isSaid = true;
    const percent = (part: number) => `${Math.round(part * 100)} %`;
    const fed = retryShare > 0.1 ? `; ${percent(retryShare)} of all calls are retries` : '';
    const since = Math.round(toMs(this.core.now - this.calmSince) / SECOND_MS);
    this.say(
      'bad',
      `Metastable failure: nothing has been broken for ${since} s, yet ${percent(share)} of the requests of ` +
        `${this.source.station.label} are answered well (${percent(this.ordinaryShare)} before)${fed}. ` +
        outlook(waiting, before),
    );
  }

  private say(severity: Severity, text: string): void {
    this.core.journal.write(this.core.now, severity, 'metastable', text, this.source.station.id);
  }
}

/** What becomes of it by itself, from the calls that wait and those that waited `BAD_SECONDS` ago. */
function outlook(waiting: number, before: number): string {
  if (waiting >= before) return 'It will not get out of this by itself';
  const minutes = Math.ceil((waiting * BAD_SECONDS) / (before - waiting) / 60);
  return `What waits gets less so slowly that it takes about ${minutes} min`;
}

/** Every unit in service works at full strength, every link is whole and no kind has a fault of its own. */
function isWhole({ stations, links }: Watched): boolean {
  if (links.some(({ attached, wire }) => attached && (wire.cut || wire.cutFor.length > 0))) return false;
  return stations.every(
    ({ attached, units, behaviour }) =>
      !attached || (!behaviour.isBroken && units.every((unit) => unit.retired || isSound(unit))),
  );
}

/** It gets on, at its speed, with a build that does not fail by itself. */
function isSound(unit: Unit): boolean {
  return unit.state === UP && unit.standstill === null && unit.slow === 1 && unit.errorShare === 0;
}
