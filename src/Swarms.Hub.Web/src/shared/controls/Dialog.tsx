import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useLanguage } from '../../language/useLanguage';
import './Dialog.css';

interface DialogProps {
  readonly title: string;
  readonly isLarge?: boolean;
  /** The dialog is shut: whoever drew it must draw it no more. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page, open as long as it is drawn. The browser gives the focus back when it is shut. */
export function Dialog({ title, isLarge = false, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const { t } = useLanguage();
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  return (
    <dialog ref={dialog} className={isLarge ? 'large' : ''} aria-labelledby={id} onClose={onClose}>
      <header className="dialog-header">
        <h2 id={id}>{title}</h2>
        <button type="button" onClick={() => dialog.current?.close()}>
          {t('common.close')}
        </button>
      </header>
      {children}
    </dialog>
  );
}
