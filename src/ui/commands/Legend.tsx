/** What the moving dots mean. Shapes differ as well as colours. */
import css from './Legend.module.css';

const LOOKS = [
  { id: 'read', label: 'read' },
  { id: 'write', label: 'write' },
  { id: 'hit', label: 'answered from a cache' },
  { id: 'stale', label: 'answered, but stale' },
  { id: 'retry', label: 'retry' },
  { id: 'failed', label: 'failed' },
  { id: 'abandoned', label: 'given up, still being worked on' },
] as const;

export function Legend() {
  return (
    <ul className={css.legend}>
      {LOOKS.map(({ id, label }) => (
        <li key={id}>
          <svg className={css.sign} data-look={id} width="16" height="16" viewBox="-8 -8 16 16" aria-hidden>
            {id === 'write' && <rect x="-3.5" y="-3.5" width="7" height="7" rx="1" />}
            {id === 'failed' && <path d="M-3.5-3.5l7 7M3.5-3.5l-7 7" />}
            {id !== 'write' && id !== 'failed' && <circle r="3.6" />}
            {id === 'retry' && <circle className={css.ring} r="6" />}
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
