/** Benchmarks of the engine: print figures, assert nothing. What each is for: README.md beside this file. */
import { assemble } from '../../src/session/assemble.ts';
import { WINDOW_MS } from '../../src/session/protocol.ts';
import type { System } from '../../src/engine/system.ts';
import { toNs } from '../../src/engine/time.ts';
import { modelA, modelB } from './models.ts';
import { structures } from './structures.ts';
import { allocation, assembly, breakers, memory, policies } from './whole.ts';

/** Arrivals of model A in the reference, at 0.9 per ms. */
const A_MS = 2_000_000 / 0.9;
const B_MS = 60_000;

const [what, model, k = '1', lengthMs] = process.argv.slice(2);
const OTHERS: Readonly<Record<string, () => void>> = {
  structures,
  memory,
  assembly,
  allocation,
  policies,
  breakers,
};

if (what === 'engine' && (model === 'A' || model === 'B'))
  engine(model, Number(k), lengthMs && Number(lengthMs));
else if (what !== undefined && Object.hasOwn(OTHERS, what)) OTHERS[what]();
else {
  console.error(`Usage: npm run -s bench -- engine A|B [k] [T_ms], or ${Object.keys(OTHERS).join(', ')}`);
  process.exitCode = 2;
}

/**
 * One model through the ordinary path, all metrics, ledger, digest and traces on; CPU time of the run loop alone. The
 * same run is done twice, each with a system of its own: `cold_cpu_s` is the first, of which just-in-time compilation
 * takes a good part, and everything else is the second. The first system is kept, because what was compiled for it is
 * thrown away with it.
 */
function engine(name: 'A' | 'B', scale: number, asked: number | '' | undefined): void {
  const untilMs = asked || (name === 'A' ? A_MS : B_MS);
  const cold = timed(name, scale, untilMs);
  const warm = timed(name, scale, untilMs);
  const latency = warm.system.sources[0].station.meter.latency();
  console.log(
    JSON.stringify({
      impl: 'loadbearing',
      model: name,
      cpu_s: Number(warm.cpu.toFixed(4)),
      events: warm.system.events,
      requests: latency.n,
      ns_per_event: Number(((warm.cpu * 1e9) / warm.system.events).toFixed(2)),
      mean: Number(latency.mean.toFixed(5)),
      p50: Number(latency.quantile(0.5).toFixed(4)),
      p99: Number(latency.quantile(0.99).toFixed(4)),
      k: scale,
      cold_cpu_s: Number(cold.cpu.toFixed(4)),
      same_digest: cold.system.digest === warm.system.digest,
    }),
  );
}

function timed(name: 'A' | 'B', scale: number, untilMs: number): { cpu: number; system: System } {
  const { system } = assemble(name === 'A' ? modelA() : modelB(scale), WINDOW_MS);
  const start = process.cpuUsage();
  for (let ms = 0; ms < untilMs; ms += 1_000) {
    system.run(toNs(Math.min(untilMs, ms + 1_000)), Infinity);
    system.takeWindows();
  }
  const used = process.cpuUsage(start);
  return { cpu: (used.user + used.system) / 1e6, system };
}
