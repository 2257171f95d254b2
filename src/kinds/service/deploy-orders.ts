/** What the orders of `deploys.ts` mean to a deployment. It must not know how a deploy goes. */
import type { Deployment } from '../../engine/units/deployment.ts';
import { EARLY } from '../../engine/machines/life.ts';

/** What happened, or null when it is no such order. `factor`: slow-down, or share of errors. */
export function orderDeploy(deployment: Deployment, order: string, factor: number): string | null {
  switch (order) {
    case 'deploy':
      return deployment.deploy({});
    case 'deploySlow':
      return deployment.deploy({ slow: factor });
    case 'deployErrors':
      return deployment.deploy({ errorShare: factor });
    case 'deployCrashing':
      return deployment.deploy({ diesAfterMs: EARLY });
    case 'rollBack':
      return deployment.rollBack();
    default:
      return null;
  }
}
