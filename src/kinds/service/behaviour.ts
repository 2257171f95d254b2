/**
 * A service: instances with workers and a queue each. Own work first, then the dependencies in order; while it waits
 * for them a blocking worker is held.
 */
import { Autoscaler } from '../../engine/units/autoscaler.ts';
import { FAILING, FLAGS } from '../../engine/calls/calls.ts';
import { Deployment } from '../../engine/units/deployment.ts';
import { createSampler, type Sampler } from '../../engine/chance/distributions.ts';
import type { Control } from '../../engine/station/inside.ts';
import { ADAPTIVE, BY_CLASS, FIFO, LIFO } from '../../engine/station/pool.ts';
import type { Stream } from '../../engine/chance/random.ts';
import type { Station } from '../../engine/station/station.ts';
import { toNs } from '../../engine/time.ts';
import { workSampler } from '../work.ts';
import { orderDeploy } from './deploy-orders.ts';
import { lifeOf } from './life-params.ts';
import { sheddingOf } from './overload-params.ts';
import { PlanServer } from './plan-server.ts';
import { scalingOf } from './scaling-params.ts';
import type { ServiceParams } from './spec.ts';

const ORDERS: Readonly<Record<string, number>> = { lifo: LIFO, adaptive: ADAPTIVE, priority: BY_CLASS };

class Service extends PlanServer {
  private params: ServiceParams;
  private work!: Sampler;
  private readonly deployment: Deployment;
  private readonly autoscaler: Autoscaler;
  private readonly workDraws: Stream;
  private readonly errorDraws: Stream;

  constructor(params: ServiceParams, station: Station) {
    super(station);
    this.params = params;
    this.workDraws = this.stream('work');
    this.errorDraws = this.stream('errors');
    this.setWork();
    this.deployment = new Deployment(station, params.instances);
    this.setLife();
    this.deployment.resize(params.instances, false);
    this.autoscaler = new Autoscaler(station, this.deployment);
    this.autoscaler.configure(scalingOf(params));
  }

  override reconfigure(params: ServiceParams): void {
    // Without an autoscaler the number is what is said here; with one it is only where that begins.
    const before = this.params;
    const isLeftAlone = before.autoscale !== 'off' && params.autoscale === 'off';
    const isResized = params.instances !== before.instances || isLeftAlone;
    this.params = params;
    this.setWork();
    this.wired();
    this.setLife();
    if (isResized) this.deployment.resize(params.instances, true);
    this.autoscaler.configure(scalingOf(params));
  }

  protected override get callsTogether(): boolean {
    return this.params.together;
  }

  protected override get isAsync(): boolean {
    return this.params.waiting === 'async';
  }

  override windowClosed(lengthMs: number): void {
    this.station.gauges[0] = this.station.fleet.waiting;
    this.station.gauges[1] = this.shareOf('wasted', this.servers.wastedNs, this.servers.workedNs);
    this.station.gauges[2] = this.rateOf('refused', this.servers.refused, lengthMs);
    this.station.gauges[3] = this.station.fleet.ready;
  }

  private setLife(): void {
    this.station.backlog = this.params.backlog;
    this.station.fleet.configure(lifeOf(this.params));
    this.deployment.configure(this.params);
  }

  private setWork(): void {
    this.work = workSampler(this.params.serviceMs, this.params);
    const { workers, queueLimit, discipline, patienceMs, patience } = this.params;
    this.servers.useDiscipline(
      ORDERS[discipline] ?? FIFO,
      discipline === 'sharing',
      patienceMs > 0 ? createSampler({ distribution: patience, mean: toNs(patienceMs) }) : null,
    );
    this.servers.configure(workers, queueLimit);
    this.servers.useShedding(sheddingOf(this.params));
  }

  override fault(fault: string, _unit: number, factor: number): string | null {
    return orderDeploy(this.deployment, fault, factor);
  }

  override get controls(): readonly Control[] {
    return [this.autoscaler.control, this.deployment.control].filter((control) => control !== null);
  }

  override stop(): void {
    this.autoscaler.configure(null);
    this.deployment.stop();
  }

  override draw(c: number, into: Float64Array): void {
    const { errorShare, errorMs } = this.params;
    if (errorShare > 0 && this.errorDraws.chance(errorShare)) {
      this.core.calls.rows[c + FLAGS] |= FAILING;
      into[0] = toNs(errorMs);
    } else this.work.draw(this.workDraws, into);
  }
}

export function build(params: ServiceParams, station: Station): Service {
  return new Service(params, station);
}
