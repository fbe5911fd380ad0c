import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';
import { useLanguage } from '../../language/useLanguage';
import { roomFrame } from './placeOver';
import './Dialog.css';

interface DialogProps {
  readonly title: string;
  readonly isLarge?: boolean;
  /** It fills the window. */
  readonly isWhole?: boolean;
  /** The element that has the focus at first; without it the first one that can. */
  readonly first?: RefObject<HTMLElement | null>;
  /** The dialog is shut: whoever drew it must draw it no more. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page, open as long as it is drawn. Then the focus goes back to where it was. */
export function Dialog({ title, isLarge = false, isWhole = false, first, onClose, children }: DialogProps) {
  const { t } = useLanguage();
  return (
    // A click beside it keeps what was written in it.
    <Base.Root open onOpenChange={isOpen => !isOpen && onClose()} disablePointerDismissal>
      <Base.Portal container={roomFrame()}>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Popup
          render={<dialog open onClose={onClose} />}
          className={isWhole ? 'whole' : isLarge ? 'large' : ''}
          {...(first && { initialFocus: first })}
        >
          <header className="dialog-header">
            <Base.Title>{title}</Base.Title>
            <Base.Close>{t('common.close')}</Base.Close>
          </header>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
