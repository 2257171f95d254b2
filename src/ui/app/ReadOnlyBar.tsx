/** The bar over a design that is only looked at: what it is, and the way to a copy of one's own. */
import { useDesign, useView } from './context.ts';
import { addressIn } from './mode.ts';
import { InspectorSwitch } from '../header/InspectorSwitch.tsx';
import { Logo } from '../header/Logo.tsx';
import css from './ReadOnlyBar.module.css';

export default function ReadOnlyBar() {
  const name = useDesign((design) => design.name);
  const isEmbedded = useView((view) => view.mode === 'embed');
  return (
    <header className={css.bar}>
      <Logo />
      <h1 className={css.name}>{name || 'Untitled'}</h1>
      <span className={css.tag}>Read-only</span>
      {!isEmbedded && <InspectorSwitch />}
      {/* Inside another page the copy needs a window of its own. */}
      <a
        className="button"
        data-look="primary"
        href={addressIn('edit')}
        {...(isEmbedded ? { target: '_blank', rel: 'noopener' } : {})}
      >
        Edit a copy
      </a>
    </header>
  );
}
