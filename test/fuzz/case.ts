// One case of the fuzzing: a random design under random faults and edits, run several times in different ways. What must
// be the same is compared; what must add up is added up.
import { createStream, type Stream } from '../../src/engine/chance/random.ts';
import { EndlessInstant } from '../../src/engine/system.ts';
import { toNs } from '../../src/engine/time.ts';
import { createHistory } from '../../src/model/history.ts';
import type { Design } from '../../src/model/document.ts';
import { applyEdit } from '../../src/model/edits.ts';
import { applyDesign, assemble, type Running } from '../../src/session/assemble.ts';
import { inject } from '../../src/session/faults.ts';
import { carryOut, drawActions, type Action, type Stage } from './actions.ts';
import { findLeftovers, findWrongBooks } from './books.ts';
import { drawDesign, drawFeatures, type Features } from './swarm.ts';

const LENGTH_MS = 2_000;
/** Longer than any queue of a case takes to empty: a hundred calls at a gateway that lets one through in 100 s. */
const DRAIN_MS = 12_000_000;
const LOOKS = 8;
/** Faults that end faults. */
const ENDS = ['restore', 'fast', 'noErrors', 'noGray', 'answers', 'lookups', 'thaw'];

interface Way {
  /** Cuts the run into random slices of time and events. */
  readonly slices?: Stream;
  /** Shuffles nodes, links and groups of the file. */
  readonly shuffle?: Stream;
  /** One request in so many is traced. */
  readonly sampling?: number;
  /** Looks at the books on the way. */
  readonly looks?: boolean;
}

interface Outcome {
  readonly stage: Stage;
  readonly figures: string;
  /** The sentence of an EndlessInstant. */
  readonly stopped: string | null;
}

export function runCase(seed: number): void {
  const features = drawFeatures(createStream(seed, 'fuzz', 'features'));
  const design = drawDesign(seed, features);
  const actions = drawActions(seed, features, LENGTH_MS);
  const way = (purpose: string) => createStream(seed, 'fuzz', purpose);

  const first = play(design, actions, features, { looks: true });
  same('a second run', play(design, actions, features, { sampling: 1 }), first);
  same('random slices', play(design, actions, features, { slices: way('slices') }), first);
  same('another order in the file', play(design, actions, features, { shuffle: way('order') }), first);
  if (first.stopped === null) drain(first.stage);
}

function same(what: string, found: Outcome, first: Outcome): void {
  if (found.figures !== first.figures)
    throw new Error(`${what} differs:\n${found.figures}\nfrom\n${first.figures}`);
  if (found.stopped !== first.stopped) throw new Error(`${what} stopped differently: ${found.stopped}`);
}

function play(design: Design, actions: readonly Action[], features: Features, way: Way): Outcome {
  const drawn = way.shuffle ? shuffled(design, way.shuffle) : design;
  const running = assemble(drawn, 500);
  const stage: Stage = { running, history: createHistory(drawn), faults: [] };
  if (way.sampling) running.system.core.recorder.every = way.sampling;
  const looks = Array.from({ length: LOOKS }, (_, i) => ({
    atMs: ((i + 1) * LENGTH_MS) / LOOKS,
    what: 'look' as const,
  }));
  const stops = [...actions, ...looks].sort((a, b) => a.atMs - b.atMs);
  let stopped: string | null = null;
  try {
    for (const stop of stops) {
      advance(running, stop.atMs, way.slices);
      if (stop.what !== 'look') carryOut(stage, stop, features);
      if (way.looks) expectNothing(`at ${stop.atMs} ms`, findWrongBooks(running.system));
    }
  } catch (problem) {
    if (!(problem instanceof EndlessInstant)) throw problem;
    stopped = problem.message;
  }
  return { stage, figures: figuresOf(running), stopped };
}

function advance({ system }: Running, untilMs: number, slices: Stream | undefined): void {
  const until = toNs(untilMs);
  if (!slices) {
    if (!system.run(until, Infinity)) throw new Error('an unbounded run stopped early');
  } else {
    for (let done = false; !done;) {
      const before = system.nowNs;
      const events = system.events;
      const most = slices.chance(0.3) ? 1 : 1 + slices.below(400);
      const target = slices.chance(0.5) ? until : Math.round(before + (until - before) * slices.uniform());
      const finished = system.run(target, most);
      if (system.nowNs < before) throw new Error(`the clock went back from ${before} to ${system.nowNs}`);
      if (system.events - events > most) throw new Error(`${system.events - events} events, ${most} allowed`);
      done = finished && target === until;
    }
  }
  if (system.nowNs !== until) throw new Error(`time stands at ${system.nowNs}, not at ${until}`);
}

/** Everything that was counted, and the digest. */
function figuresOf({ system }: Running): string {
  const rows = [`${system.digest} ${system.events} events, ${system.core.ledger.commits} commits`];
  const { stations, links, sources } = system;
  const sorted = (lines: string[]) => lines.sort().join('; ');
  rows.push(
    sorted(
      stations.map(
        ({ id, meter: m }) => `${id} ${m.arrived} ${m.ok} ${m.failed} ${m.dropped} ${m.latency().sum}`,
      ),
    ),
  );
  rows.push(
    sorted(
      links.map(({ id, meter: m, retries }) => `${id} ${m.arrived} ${m.ok} ${m.failed} ${retries.total}`),
    ),
  );
  rows.push(sorted(sources.map((s) => `${s.station.id} ${s.reads} ${s.staleReads}`)));
  return rows.join('\n');
}

/** Clients fall silent, probes end, everything is mended: in the end nothing is left anywhere. */
function drain(stage: Stage): void {
  const { running } = stage;
  const { system } = running;
  const order = (target: string, fault: string, factor: number) =>
    (stage.faults = inject(running, { target, unit: null, fault, factor }, stage.faults));
  for (const { id, kind } of running.design.nodes) {
    if (kind === 'client') order(id, 'traffic', 0);
    else for (const fault of ENDS) order(id, fault, fault === 'fast' ? 1 : 0);
  }
  for (const { id } of [...running.design.links, ...running.design.groups]) order(id, 'heal', 1);
  const ids = (kind: string) => running.design.nodes.filter((n) => n.kind === kind).map((n) => n.id);
  applyDesign(
    running,
    applyEdit(running.design, { type: 'setParam', ids: ids('balancer'), name: 'active', value: false }),
  );
  applyDesign(
    running,
    applyEdit(running.design, { type: 'setParam', ids: ids('router'), name: 'check', value: false }),
  );
  let left: string[] = [];
  for (let waited = 0; waited < DRAIN_MS; waited += 20_000) {
    system.run(system.nowNs + toNs(20_000), Infinity);
    left = findLeftovers(system);
    if (left.length === 0) break;
  }
  expectNothing('after the drain', left);
  expectNothing('after the drain', findWrongBooks(system));
}

function shuffled(design: Design, stream: Stream): Design {
  const mixed = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, key: stream.uniform() }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);
  const { nodes, links, groups } = design;
  return { ...design, nodes: mixed(nodes), links: mixed(links), groups: mixed(groups) };
}

function expectNothing(when: string, wrong: readonly string[]): void {
  if (wrong.length > 0) throw new Error(`${when}: ${wrong.join('; ')}`);
}
