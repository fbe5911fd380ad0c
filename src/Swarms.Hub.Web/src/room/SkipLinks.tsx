import { flushSync } from 'react-dom';
import { useLanguage } from '../language/useLanguage';
import { focusOn } from './useRoomKeys';
import './SkipLinks.css';

interface SkipLinksProps {
  readonly canStart: boolean;
  readonly onShow: (shown: 'runs' | 'people') => void;
}

/** The first stops of the Tab key. They lead past the header and are seen only while they have the focus. */
export function SkipLinks({ canStart, onShow }: SkipLinksProps) {
  const { t } = useLanguage();
  const to = (shown: 'runs' | 'people', selector: string) => () => {
    flushSync(() => onShow(shown));
    focusOn(selector);
  };
  return (
    <nav className="skip-links" aria-label={t('skip.title')}>
      <button onClick={to('runs', '.runs')}>{t('skip.runs')}</button>
      {canStart && <button onClick={to('runs', '.composer textarea')}>{t('skip.task')}</button>}
      <button onClick={to('people', '.messages .say input')}>{t('skip.messages')}</button>
    </nav>
  );
}
