// One balancer before services of one instance each, and what is read off such a design.
import { toNs } from '../../src/engine/time.ts';
import type { ParamOverrides } from '../../src/model/params.ts';
import { assemble, type Running } from '../../src/session/assemble.ts';
import { inspect } from '../../src/session/inspect.ts';
import { constant } from './asked.ts';
import { DIRECT, sketch, type Sketched } from './sketch.ts';

const PLAIN = { overheadMs: 0, passive: false, active: false, tryNext: 'never' };
export const INSTANT = { startMs: 0, workers: 1_000, queueLimit: 1_000 };

export const until = (running: Running, ms: number) => void running.system.run(toNs(ms), Infinity);
export const arrived = (running: Running, id: string) =>
  running.stations.get(id)!.units.map((unit) => unit.arrived);
export const total = (running: Running, id: string) => arrived(running, id).reduce((a, b) => a + b, 0);
export const lines = (running: Running) => running.system.core.journal.take(running.system.nowNs);
export const parts = (running: Running) => inspect(running, 'lb', [])!.parts;
export const marks = (running: Running) => parts(running)[0].list.map((part) => part.marks.join());
export const log = (running: Running) => lines(running).map((line) => line.text);
export const every10ms = (count: number) => Array.from({ length: count }, (_, i) => 10 * (i + 1));

/** One service for each entry of `links`, behind one balancer; services are called a, b, c …, links l2, l3, l4 … */
export function behind(
  client: Sketched,
  balancer: ParamOverrides,
  links: readonly ParamOverrides[],
  service: Sketched = constant(0, INSTANT),
  seed = 1,
): Running {
  const names = links.map((_, i) => 'abcdefghij'[i]);
  const nodes: Record<string, Sketched> = { u: client, lb: ['balancer', { ...PLAIN, ...balancer }] };
  const wires: Record<string, ParamOverrides> = { 'u > lb': DIRECT };
  names.forEach((name, i) => {
    nodes[name] = service;
    wires[`lb > ${name}`] = { ...DIRECT, ...links[i] };
  });
  return assemble(sketch(nodes, wires, { seed }), 1e6);
}
