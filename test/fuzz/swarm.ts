// Random designs from a seed. Each seed leaves out a random half of the features (swarm testing: Groce et al. 2012), so
// that no feature can hide behind another in every case.
import { createStream, type Stream } from '../../src/engine/chance/random.ts';
import { KINDS, VOCABULARY } from '../../src/kinds/catalog.ts';
import { connectionProblem } from '../../src/kinds/connect.ts';
import {
  emptyDesign,
  type Design,
  type DesignLink,
  type DesignNode,
  type Group,
} from '../../src/model/document.ts';
import type { Param, ParamOverrides, ParamTable, ParamValue } from '../../src/model/params.ts';
import { setText } from '../../src/model/sets.ts';
import { PLACES } from '../../src/model/places.ts';

const FEATURES = [
  'retries',
  'breakers',
  'bulkheads',
  'loss',
  'jitter',
  'noTimeouts',
  'cancelModes',
  'instant',
  'users',
  'patterns',
  'writes',
  'errors',
  'async',
  'caches',
  'edges',
  'shards',
  'balancers',
  'regions',
  'shapes',
  'faults',
  'cuts',
  'edits',
  'scaling',
  'dependencies',
  'tightQueues',
  'disciplines',
  'health',
  'layer4',
  'gateways',
  'hedges',
  'throttling',
  'shedding',
  'forks',
  'connections',
  'lives',
  'autoscaling',
  'routers',
  'places',
  'rateLimits',
  'fallbacks',
  'routes',
] as const;

export type Feature = (typeof FEATURES)[number];
export type Features = ReadonlySet<Feature>;

/** Whose parameters stay at their defaults unless the feature is on; others are always free. */
const GATED: Readonly<Record<string, Feature>> = {
  attempts: 'retries',
  backoff: 'retries',
  backoffBaseMs: 'retries',
  backoffCapMs: 'retries',
  retryBudgetShare: 'retries',
  breaker: 'breakers',
  maxConcurrent: 'bulkheads',
  bulkheadWaitMs: 'bulkheads',
  lossShare: 'loss',
  jitterShare: 'jitter',
  onGiveUp: 'cancelModes',
  readShare: 'writes',
  errorShare: 'errors',
  waiting: 'async',
  callShare: 'dependencies',
  order: 'dependencies',
  onFailure: 'dependencies',
  carries: 'dependencies',
  distribution: 'shapes',
  cv: 'shapes',
  queueLimit: 'tightQueues',
  maxConnections: 'tightQueues',
  discipline: 'disciplines',
  patienceMs: 'disciplines',
  patience: 'disciplines',
  active: 'health',
  outlier: 'health',
  allDown: 'health',
  slowStartMs: 'health',
  layer: 'layer4',
  retryOn: 'retries',
  retryOutcomes: 'retries',
  retryWrites: 'retries',
  retryBudget: 'retries',
  hedge: 'hedges',
  shedding: 'shedding',
  together: 'forks',
  connections: 'connections',
  throttleFactor: 'throttling',
  breakerGrowth: 'breakers',
  breakerCancelOpens: 'breakers',
  breakerCountsLate: 'breakers',
  backlog: 'lives',
  warmUpMs: 'lives',
  restartByItself: 'lives',
  drainMs: 'lives',
  preStopMs: 'lives',
  endpointMs: 'lives',
  autoscale: 'autoscaling',
  zoneAware: 'places',
  capacityRps: 'routers',
  breakerScope: 'breakers',
  alsoBy: 'autoscaling',
  path: 'routes',
  rateLimit: 'rateLimits',
};

/** Largest values tried: small enough for a short run to reach every corner often. */
const CEILING: Readonly<Record<string, number>> = {
  rateRps: 250,
  peakRps: 500,
  users: 40,
  thinkMs: 60,
  startMs: 300,
  lengthMs: 800,
  keys: 300,
  sessions: 300,
  instances: 4,
  workers: 6,
  queueLimit: 12,
  serviceMs: 20,
  errorMs: 5,
  cv: 3,
  slots: 4,
  maxConnections: 12,
  readMs: 15,
  writeMs: 20,
  shards: 5,
  keySpace: 300,
  capacityEntries: 60,
  ttlMs: 400,
  commandMs: 1,
  threads: 3,
  edgeMs: 3,
  overheadMs: 2,
  maxFails: 4,
  failTimeoutMs: 400,
  maxTries: 4,
  latencyMs: 8,
  attemptTimeoutMs: 200,
  hedgeMs: 30,
  poolMost: 4,
  poolStreams: 3,
  poolIdleMs: 40,
  poolAgeMs: 200,
  connectTimeoutMs: 30,
  totalTimeoutMs: 400,
  attempts: 5,
  backoffBaseMs: 20,
  backoffCapMs: 80,
  breakerWindowSize: 20,
  breakerMinCalls: 12,
  breakerSlowMs: 30,
  breakerOpenMs: 200,
  breakerTrialCalls: 6,
  breakerTrialMs: 100,
  maxConcurrent: 40,
  order: 4,
  lossShare: 0.1,
  errorShare: 0.3,
  calmMs: 200,
  burstMs: 100,
  batch: 4,
  backlog: 4,
  warmUpMs: 300,
  drainMs: 200,
  minInstances: 3,
  maxInstances: 6,
  targetRps: 40,
  targetCount: 4,
  upCount: 3,
  upFactor: 3,
  syncMs: 1_400,
  lagMs: 300,
  downWindowMs: 500,
  checkMs: 400,
  convergeMinMs: 200,
  convergeMaxMs: 400,
  capacityRps: 200,
  alsoRps: 40,
  alsoCount: 4,
  bulkheadWaitMs: 60,
  rateLimitRps: 200,
  rateLimitWaitMs: 60,
  fallbackMs: 10,
  fallbackKeys: 100,
};
const OTHER_CEILING = 50;

/** Shares of errors that stay below one, so that some calls get through. */
const RARE = new Set(['errorShare', 'lossShare']);

export function drawFeatures(stream: Stream): Features {
  return new Set(FEATURES.filter(() => stream.chance(0.5)));
}

export function oneOf<T>(list: readonly T[], stream: Stream): T {
  return list[stream.below(list.length)];
}

/** A value within the table's bounds, often at a bound, often a whole number so that instants coincide. */
export function drawValue(name: string, param: Param, features: Features, stream: Stream): ParamValue {
  if (param.type === 'flag') return stream.chance(0.5);
  if (param.type === 'choice')
    return drawChoice(
      name,
      param.options.map((o) => o.value),
      features,
      stream,
    );
  if (param.type === 'set') return setText(param.options, () => stream.chance(0.5));
  if (param.type === 'series') return drawSeries(stream);
  const top = Math.min(param.max, CEILING[name] ?? OTHER_CEILING);
  const bottom = lowest(name, param.min, features);
  if (stream.chance(0.2) && !RARE.has(name)) return bottom;
  const value = bottom + (top - bottom) * stream.uniform();
  if (param.integer || (!RARE.has(name) && top > 2 && stream.chance(0.5)))
    return Math.max(bottom, Math.round(value));
  return value;
}

function lowest(name: string, min: number, features: Features): number {
  const timeout = name === 'attemptTimeoutMs' || name === 'totalTimeoutMs';
  // A message may vanish, and only a timeout ends such a call: then there has to be one, however short.
  const vanishing = features.has('loss') || features.has('cuts');
  if (timeout && (vanishing || !features.has('noTimeouts'))) return name === 'attemptTimeoutMs' ? 0.5 : min;
  // Users who think for no time at all make a rejected call a loop without delay: that has a test of its own.
  if (name === 'thinkMs') return 1;
  if (name === 'latencyMs' && !features.has('instant')) return 0.05;
  return min;
}

/** Recorded times within the run, some of them equal. */
function drawSeries(stream: Stream): string {
  return Array.from({ length: stream.below(60) }, () => Math.round(stream.uniform() * 4_000) / 2).join(', ');
}

function drawChoice(name: string, values: readonly string[], features: Features, stream: Stream): string {
  if (name === 'onFailure' && !features.has('fallbacks')) return oneOf(['fail', 'ignore'], stream);
  if (name === 'breaker') return stream.chance(0.7) ? 'on' : oneOf(values, stream);
  if (name !== 'load') return oneOf(values, stream);
  const wanted = values.filter((v) =>
    v === 'users' ? features.has('users') : v === 'poisson' || features.has('patterns'),
  );
  return oneOf(wanted, stream);
}

export function drawParams(table: ParamTable, features: Features, stream: Stream): ParamOverrides {
  const params: Record<string, ParamValue> = {};
  for (const [name, param] of Object.entries(table)) {
    const gate = GATED[name];
    const wanted = stream.chance(gate === undefined ? 0.6 : 0.8);
    if (wanted && (gate === undefined || features.has(gate)))
      params[name] = drawValue(name, param, features, stream);
  }
  return slowed(table, params, features);
}

/** Defaults made for a busy system, replaced by ones for a short run. */
function slowed(table: ParamTable, params: Record<string, ParamValue>, features: Features): ParamOverrides {
  if ('rateRps' in table) {
    params.rateRps ??= 100;
    params.peakRps ??= 300;
    params.thinkMs ??= 20;
    params.users ??= 10;
    params.keys ??= 200;
  }
  if ('startMs' in table) params.startMs ??= 100;
  if ('attemptTimeoutMs' in table && !features.has('noTimeouts')) params.attemptTimeoutMs ??= 50;
  return params;
}

const wantsKind: Readonly<Record<string, Feature>> = {
  cache: 'caches',
  cdn: 'edges',
  'sharded-database': 'shards',
  balancer: 'balancers',
  gateway: 'gateways',
  router: 'routers',
};

/** Kinds that may be drawn, the common ones more often. */
export function drawKind(features: Features, stream: Stream): string {
  const common = ['service', 'service', 'database', ...(features.has('caches') ? ['cache'] : [])];
  const kinds = Object.keys(KINDS).filter(
    (kind) => kind !== 'client' && (!wantsKind[kind] || features.has(wantsKind[kind])),
  );
  return oneOf([...common, ...kinds], stream);
}

export function drawNode(id: string, kind: string, features: Features, stream: Stream): DesignNode {
  const params = drawParams(KINDS[kind].spec.params, features, stream);
  return { id, kind, label: id, position: { x: 0, y: 0 }, params };
}

export function drawLink(
  id: string,
  from: string,
  to: string,
  features: Features,
  stream: Stream,
): DesignLink {
  return { id, from, to, params: drawParams(VOCABULARY.link, features, stream) };
}

/** A legal design: clients, and other components linked at random as far as the rules allow. */
export function drawDesign(seed: number, features: Features): Design {
  const stream = createStream(seed, 'fuzz', 'design');
  const nodes = Array.from({ length: 1 + stream.below(2) }, (_, i) =>
    drawNode(`n${i + 1}`, 'client', features, stream),
  );
  const others = 2 + stream.below(6);
  for (let i = 0; i < others; i++) {
    const kind = drawKind(features, stream);
    nodes.push(drawNode(`n${nodes.length + 1}`, kind, features, stream));
  }
  const groups = features.has('regions') ? drawGroups(features, stream) : [];
  const placed =
    groups.length === 0
      ? nodes
      : nodes.map((n) => (stream.chance(0.7) ? { ...n, group: oneOf(['g1', 'g2'], stream) } : n));
  return linked({ ...emptyDesign('Fuzz'), seed: seed >>> 0, nodes: placed, groups }, features, stream);
}

function drawGroups(features: Features, stream: Stream): Group[] {
  const groups: Group[] = ['g1', 'g2'].map((id) => ({ id, kind: 'region', label: id }));
  if (!features.has('places')) return groups;
  const zone = { id: 'g2', kind: 'zone', label: 'g2', parent: 'g1' } as const;
  const drawn = stream.chance(0.3) ? [groups[0], zone] : groups;
  return drawn.map((group) => (stream.chance(0.8) ? { ...group, place: oneOf(PLACES, stream) } : group));
}

/** Gives every component a caller where the rules allow one, and then some more links. */
function linked(bare: Design, features: Features, stream: Stream): Design {
  let design = bare;
  const link = (from: string, to: string): boolean => {
    if (connectionProblem(design, from, to) !== null) return false;
    const added = drawLink(`l${design.links.length + 1}`, from, to, features, stream);
    design = { ...design, links: [...design.links, added] };
    return true;
  };
  const { nodes } = design;
  nodes.forEach((node, i) => {
    const callers = nodes.slice(0, i);
    for (let tries = 0; tries < 6 && callers.length > 0; tries++)
      if (link(oneOf(callers, stream).id, node.id)) break;
  });
  for (const node of nodes)
    if (!design.links.some((l) => l.from === node.id)) link(node.id, oneOf(nodes, stream).id);
  for (let more = stream.below(nodes.length); more > 0; more--)
    link(oneOf(nodes, stream).id, oneOf(nodes, stream).id);
  return design;
}
