/** The mark: two arches, one bearing the other. */
import css from './Header.module.css';

export function Logo() {
  return (
    <svg className={css.mark} width="24" height="24" viewBox="0 0 24 24" aria-hidden>
      <path d="M3 20V9a9 9 0 0 1 18 0v11" />
      <path d="M9 20v-8a3 3 0 0 1 6 0v8" />
    </svg>
  );
}
