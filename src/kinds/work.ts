/** From the parameters of a piece of work to how its length is drawn. It must not know which kind works. */
import { createSampler, type Sampler } from '../engine/chance/distributions.ts';
import { toNs } from '../engine/time.ts';
import { numbersOf } from '../model/series.ts';

interface Shape {
  readonly distribution: string;
  readonly cv: number;
  readonly capMs: number;
  readonly samples: string;
}

/** Longest Pareto value, as a multiple of the mean: a tail that no run could ever average out helps nobody. */
const PARETO_CAP = 1_000;

/** A sampler in ns. A hyperexponential cannot vary less than an exponential: a smaller cv is taken as 1. */
export function workSampler(meanMs: number, shape: Shape): Sampler {
  const mean = toNs(meanMs);
  switch (shape.distribution) {
    case 'constant':
      return createSampler({ distribution: 'constant', mean });
    case 'exponential':
      return createSampler({ distribution: 'exponential', mean });
    case 'hyperexponential':
      return createSampler({ distribution: 'hyperexponential', mean, cv: Math.max(1, shape.cv) });
    case 'pareto':
      return createSampler({
        distribution: 'pareto',
        mean,
        cv: Math.max(0.01, shape.cv),
        cap: shape.capMs > meanMs ? toNs(shape.capMs) : PARETO_CAP * mean,
      });
    case 'empirical':
      return measured(mean, shape.samples);
    default:
      return createSampler({ distribution: 'lognormal', mean, cv: shape.cv });
  }
}

/** The shape of what was measured, stretched to the mean. */
function measured(mean: number, text: string): Sampler {
  const values = Float64Array.from(numbersOf(text) ?? []).sort();
  const own = values.length === 0 ? 0 : createSampler({ distribution: 'empirical', values }).mean;
  if (own === 0) return createSampler({ distribution: 'constant', mean });
  return createSampler({ distribution: 'empirical', values: values.map((value) => (value / own) * mean) });
}
