/** The silhouette of a kind, from the paths of its spec. */
import type { KindSpec } from '../../kinds/contract.ts';
import css from './KindIcon.module.css';

export function KindIcon({ spec, size = 20 }: { spec: Pick<KindSpec, 'icon'>; size?: number }) {
  return (
    <svg className={css.icon} width={size} height={size} viewBox="0 0 20 20" aria-hidden>
      {spec.icon.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}
