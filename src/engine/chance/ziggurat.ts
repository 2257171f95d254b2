// Exponential and normal variates by the ziggurat method (Marsaglia & Tsang 2000, "The ziggurat method for
// generating random variables") with 256 layers: 99 % of the draws cost one 32-bit number, one comparison,
// one product. Layer and position come from different bits of it. The tails are exact. Which mean or spread
// is wanted is not known here.
import { exp, ln } from './elementary.ts';
import { type Stream } from './random.ts';

const LAYERS = 256;

/**
 * Where the tail begins and the area of each layer, from the condition that 256 layers exactly fill the
 * density.
 */
const EXPONENTIAL_TAIL = 7.69711747013105;
const EXPONENTIAL_AREA = 0.003949659822581557;
const NORMAL_TAIL = 3.654152885361009;
const NORMAL_AREA = 0.004928673233974655;

/** Positions in a layer: 24 bits, for the normal one of them the sign. */
const EXPONENTIAL_POSITIONS = 16777216;
const NORMAL_POSITIONS = 8388608;

/** Per layer: width of one position, first position not surely under the curve, density at the outer edge. */
const expStep = new Float64Array(LAYERS);
const expSure = new Int32Array(LAYERS);
const expDensity = new Float64Array(LAYERS + 1);
const normalStep = new Float64Array(LAYERS);
const normalSure = new Int32Array(LAYERS);
const normalDensity = new Float64Array(LAYERS + 1);

/**
 * Layer 0 is the base strip with the tail, as wide as its area asks for; layer i has its outer edge at x_i
 * with x_1 = tail, f(x_(i+1)) = f(x_i) + area / x_i, and 0 as the last inner edge.
 */
function buildExponential(): void {
  let outer = EXPONENTIAL_AREA / exp(-EXPONENTIAL_TAIL);
  let inner = EXPONENTIAL_TAIL;
  for (let i = 0; i < LAYERS; i++) {
    expStep[i] = outer / EXPONENTIAL_POSITIONS;
    expSure[i] = Math.floor((inner / outer) * EXPONENTIAL_POSITIONS);
    expDensity[i] = exp(-outer);
    outer = inner;
    inner = i < LAYERS - 2 ? -ln(EXPONENTIAL_AREA / outer + exp(-outer)) : 0;
  }
  expDensity[LAYERS] = 1;
}

function buildNormal(): void {
  let outer = NORMAL_AREA / exp(-0.5 * NORMAL_TAIL * NORMAL_TAIL);
  let inner = NORMAL_TAIL;
  for (let i = 0; i < LAYERS; i++) {
    normalStep[i] = outer / NORMAL_POSITIONS;
    normalSure[i] = Math.floor((inner / outer) * NORMAL_POSITIONS);
    normalDensity[i] = exp(-0.5 * outer * outer);
    outer = inner;
    const density = NORMAL_AREA / outer + exp(-0.5 * outer * outer);
    inner = i < LAYERS - 2 ? Math.sqrt(-2 * ln(density)) : 0;
  }
  normalDensity[LAYERS] = 1;
}

buildExponential();
buildNormal();

const one = new Float64Array(1);

/** An exponential variate of mean 1, above 0. For the request path there is `drawExponential`. */
export function exponential(stream: Stream): number {
  drawExponential(stream, one);
  return one[0];
}

/** Writes an exponential variate of mean 1 to `into[0]`: returning it would allocate a number. */
export function drawExponential(stream: Stream, into: Float64Array): void {
  const bits = stream.int32();
  const layer = bits & 255;
  const position = bits >>> 8;
  if (position < expSure[layer]) into[0] = (position + 0.5) * expStep[layer];
  else drawExponentialAtEdge(stream, layer, position, into);
}

function drawExponentialAtEdge(stream: Stream, layer: number, position: number, into: Float64Array): void {
  if (layer === 0) {
    // Without memory: what lies beyond the beginning of the tail is again exponential.
    drawExponential(stream, into);
    into[0] += EXPONENTIAL_TAIL;
    return;
  }
  const x = (position + 0.5) * expStep[layer];
  const low = expDensity[layer];
  const height = low + stream.uniform() * (expDensity[layer + 1] - low);
  if (height < exp(-x)) into[0] = x;
  else drawExponential(stream, into);
}

/** Writes a standard normal variate, of mean 0 and standard deviation 1, to `into[0]`. */
export function drawNormal(stream: Stream, into: Float64Array): void {
  const bits = stream.int32();
  const layer = bits & 255;
  const position = bits >> 8;
  if ((position ^ (position >> 31)) < normalSure[layer]) into[0] = (position + 0.5) * normalStep[layer];
  else drawNormalAtEdge(stream, layer, position, into);
}

function drawNormalAtEdge(stream: Stream, layer: number, position: number, into: Float64Array): void {
  if (layer === 0) {
    into[0] = position < 0 ? -normalTail(stream) : normalTail(stream);
    return;
  }
  const x = (position + 0.5) * normalStep[layer];
  const low = normalDensity[layer];
  const height = low + stream.uniform() * (normalDensity[layer + 1] - low);
  if (height < exp(-0.5 * x * x)) into[0] = x;
  else drawNormal(stream, into);
}

/**
 * Beyond the tail's beginning r: r + e/r with e, e' exponential, accepted if 2e' > (e/r)² (Marsaglia 1964).
 */
function normalTail(stream: Stream): number {
  for (;;) {
    const beyond = exponential(stream) / NORMAL_TAIL;
    if (2 * exponential(stream) > beyond * beyond) return NORMAL_TAIL + beyond;
  }
}
