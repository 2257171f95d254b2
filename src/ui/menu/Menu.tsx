/** A menu at a point of the window: arrows, Home, End and first letters walk it, Esc closes it and gives the focus back. */
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import type { MenuEntry, MenuRequest } from '../app/view.ts';
import css from './Menu.module.css';

export default function Menu({ menu, onClose }: { menu: MenuRequest; onClose(): void }) {
  const box = useRef<HTMLDivElement>(null);
  /** A finger that opened the menu by a long press is lifted over its first entry: that is no choice. */
  const wasPressed = useRef(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const before = document.activeElement as HTMLElement | null;
    const left = Math.max(8, Math.min(menu.at.x, window.innerWidth - element.offsetWidth - 8));
    const top = Math.max(8, Math.min(menu.at.y, window.innerHeight - element.offsetHeight - 8));
    element.style.translate = `${left}px ${top}px`;
    element.querySelector<HTMLElement>('[role="menuitem"]')?.focus({ preventScroll: true });
    return () => {
      // Only where the focus was still in the menu: a command may have put it elsewhere, into a field to rename.
      if (!document.activeElement || document.activeElement === document.body)
        before?.focus({ preventScroll: true });
    };
  }, [menu]);
  useEffect(() => {
    const onPress = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) onClose();
    };
    window.addEventListener('pointerdown', onPress, { capture: true });
    window.addEventListener('blur', onClose);
    window.addEventListener('resize', onClose);
    return () => {
      window.removeEventListener('pointerdown', onPress, { capture: true });
      window.removeEventListener('blur', onClose);
      window.removeEventListener('resize', onClose);
    };
  }, [onClose]);
  const pick = (entry: MenuEntry) => {
    onClose();
    // After the menu is gone, so that the focus can go where the command wants it.
    setTimeout(() => entry.run(), 0);
  };
  return (
    <div
      ref={box}
      className={css.menu}
      role="menu"
      aria-label={menu.label}
      onKeyDown={(event) => walk(event, box.current, onClose)}
      onPointerDown={() => (wasPressed.current = true)}
      onContextMenu={(event) => event.preventDefault()}
    >
      {menu.sections.map((section, index) => (
        <div key={section.heading ?? index} role="group" aria-label={section.heading}>
          {section.heading && <div className={css.heading}>{section.heading}</div>}
          {section.entries.map((entry) => (
            <button
              key={entry.id}
              role="menuitem"
              tabIndex={-1}
              className={css.entry}
              data-tone={entry.tone}
              title={entry.help}
              onClick={(event) => (wasPressed.current || event.detail === 0) && pick(entry)}
            >
              <span>{entry.label}</span>
              {entry.shortcut && <span className="key">{entry.shortcut}</span>}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}

function walk(event: KeyboardEvent, box: HTMLElement | null, onClose: () => void): void {
  const items = [...(box?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const go = (index: number) => items[(index + items.length) % items.length]?.focus();
  event.stopPropagation();
  if (event.key === 'Escape' || event.key === 'Tab') onClose();
  else if (event.key === 'ArrowDown') go(at + 1);
  else if (event.key === 'ArrowUp') go(at - 1);
  else if (event.key === 'Home') go(0);
  else if (event.key === 'End') go(-1);
  else if (/^[a-z0-9]$/i.test(event.key)) {
    const later = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    later.find((item) => item.textContent?.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  } else return;
  event.preventDefault();
}
