/**
 * Reads a compose file: services, what they depend on, the addresses in their settings, replicas, published ports. It
 * must not know YAML's grammar.
 */
import { MAX_NODES } from '../../model/document.ts';
import { IntakeProblem, type Sketch, type SketchNode } from './sketch.ts';
import { specOf } from '../canvas/flow.ts';
import { kindFor } from './kinds.ts';
import type { Yaml } from './yaml-names.ts';
import { readYaml } from './yaml.ts';

export function isCompose(text: string): boolean {
  return /^["']?services["']?\s*:/m.test(text);
}

/** Fields of a service that say something about load and calls. */
const READ = new Set(['image', 'build', 'depends_on', 'links', 'environment', 'deploy', 'scale', 'ports']);
const MOST_INSTANCES = 200;
type Fields = ReadonlyMap<string, Yaml>;

export function readCompose(text: string): Sketch {
  const { value, remarks: unread } = readYaml(text);
  const services = fields(fields(value)?.get('services') ?? null);
  if (!services || services.size === 0)
    throw new IntakeProblem('It has no mapping of “services” with at least one service.');
  if (services.size > MAX_NODES) throw new IntakeProblem(`It has more than ${MAX_NODES} services.`);
  const remarks = [...unread];
  const all = [...services.keys()];
  const nodes: SketchNode[] = [];
  const links: { from: string; to: string }[] = [];
  const ignored = new Set<string>();
  for (const [name, body] of services) {
    const service = fields(body) ?? new Map<string, Yaml>();
    const image = service.get('image');
    nodes.push({
      key: name,
      label: name,
      ...(typeof image === 'string' ? { hint: imageName(image) } : {}),
      ...instancesOf(service),
    });
    for (const to of calledBy(name, service, all, remarks)) links.push({ from: name, to });
    for (const field of service.keys()) if (!READ.has(field)) ignored.add(field);
  }
  if (ignored.size > 0)
    remarks.push(`Not used, because they say nothing about load: ${[...ignored].slice(0, 20).join(', ')}.`);
  addClients(services, nodes, links, remarks);
  return { what: 'a compose file', nodes, links, groups: [], remarks };
}

/** "registry.example.com/team/postgres:16" → "postgres". */
function imageName(image: string): string {
  return (
    image
      .replace(/@.*$/, '')
      .replace(/:[^/:]*$/, '')
      .split('/')
      .at(-1) ?? image
  );
}

function instancesOf(service: Fields): Pick<SketchNode, 'params'> {
  const said = service.get('scale') ?? fields(service.get('deploy') ?? null)?.get('replicas');
  const count = typeof said === 'string' && /^\d{1,4}$/.test(said) ? Number(said) : 0;
  return count > 0 ? { params: { instances: Math.min(MOST_INSTANCES, count) } } : {};
}

function calledBy(name: string, service: Fields, all: readonly string[], remarks: string[]): Set<string> {
  const called = new Set<string>();
  const said = [...names(service.get('depends_on')), ...names(service.get('links'))].map(
    (each) => each.split(':')[0],
  );
  for (const other of said) {
    if (all.includes(other)) called.add(other);
    else remarks.push(`“${name}” depends on “${other}”, which is not in the file.`);
  }
  const settings = names(service.get('environment'));
  for (const other of all) {
    if (other === name || called.has(other) || !settings.some(mentions(other))) continue;
    called.add(other);
    remarks.push(`“${name}” → “${other}” is concluded from an address in its environment.`);
  }
  return called;
}

/** As a host: `//db:5432`, `user@db/`, `HOST=db`. */
function mentions(host: string): (setting: string) => boolean {
  const ends = new Set(['', ':', '/', ',', '?']);
  return (setting) => {
    for (let at = setting.indexOf(host); at >= 0; at = setting.indexOf(host, at + 1)) {
      const before = setting[at - 1] ?? '';
      const after = setting[at + host.length] ?? '';
      const isPort = after === ':' && /^\d/.test(setting.slice(at + host.length + 1));
      if (/[/@]/.test(before) && ends.has(after)) return true;
      if (/[=,]/.test(before) && (after === '' || after === ',' || isPort)) return true;
    }
    return false;
  };
}

/** A compose file has no users: whatever alone is published to the outside gets them. */
function addClients(
  services: Fields,
  nodes: SketchNode[],
  links: { from: string; to: string }[],
  remarks: string[],
): void {
  const hints = new Map(nodes.map((node) => [node.key, node.hint ?? '']));
  const kindOf = (key: string) => kindFor(`${hints.get(key) ?? ''} ${key}`).kind;
  if (nodes.some((node) => kindOf(node.key) === 'client')) return;
  const isCalled = new Set(links.map(({ to }) => to));
  const mayBeCalled = (name: string) => ['compute', 'proxy'].includes(specOf(kindOf(name))?.role ?? '');
  const doors = [...services]
    .filter(([name, body]) => names(fields(body)?.get('ports')).length > 0 && !isCalled.has(name))
    .map(([name]) => name)
    .filter(mayBeCalled);
  if (doors.length !== 1) {
    const why = doors.length === 0 ? 'no port is published' : `several are published: ${doors.join(', ')}`;
    remarks.push(`Nobody sends requests yet (${why}): add Clients and link them to the entrance.`);
    return;
  }
  const key = 'Clients of the published port';
  nodes.unshift({ key, label: 'Clients', kind: 'client' });
  links.unshift({ from: key, to: doors[0] });
  remarks.push(`Clients are added in front of “${doors[0]}”, because only its port is published.`);
}

function fields(value: Yaml): Fields | null {
  return value instanceof Map ? value : null;
}

/** Items of a list; of a mapping its names, with their values as `name=value`. */
function names(value: Yaml | undefined): string[] {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(itemName);
  if (!(value instanceof Map)) return typeof value === 'string' ? [value] : [];
  return [...value].map(([name, each]) => (typeof each === 'string' ? `${name}=${each}` : String(name)));
}

function itemName(item: Yaml): string {
  return typeof item === 'string' ? item : names(item).join(' ');
}
