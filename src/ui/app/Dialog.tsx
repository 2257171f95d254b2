/** A native dialog with a title; Esc and a click beside it close it. The focus goes back to where it was. */
import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import css from './Dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly isWide?: boolean;
  /** Without visible title and padding. */
  readonly isBare?: boolean;
  onClose(): void;
}

export function Dialog({ title, children, isWide, isBare, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    // The browser would put the focus on the button that closes it.
    element?.querySelector<HTMLElement>('[data-focus]')?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      data-wide={isWide || undefined}
      data-bare={isBare || undefined}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className={css.content}>
        <div className={isBare ? 'visually-hidden' : css.head}>
          <h2 id={id}>{title}</h2>
          {!isBare && (
            <button className="button" data-look="icon" aria-label="Close" onClick={onClose}>
              <X size={16} aria-hidden />
            </button>
          )}
        </div>
        {children}
      </div>
    </dialog>
  );
}
