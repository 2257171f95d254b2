/** The faults that mean something to a node as it is set. It must not know which of them are active. */
import type { FaultSpec } from '../../kinds/contract.ts';
import type { DesignNode } from '../../model/document.ts';
import { holds } from '../../model/relevance.ts';
import { specOf } from '../canvas/flow.ts';

export function faultsOfNode({ kind, params }: Pick<DesignNode, 'kind' | 'params'>): readonly FaultSpec[] {
  const spec = specOf(kind);
  return spec ? spec.faults.filter(({ when }) => holds(when, spec.params, params)) : [];
}
