import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '../language/useLanguage';

/** The line above the messages that came while one was not there. While it is above the window, a button leads to it. */
export function NewLine({ count }: { count: number }) {
  const { t } = useLanguage();
  const line = useRef<HTMLDivElement>(null);
  const [isAbove, setAbove] = useState(false);
  useEffect(() => {
    const element = line.current;
    if (!element) return;

    const root = element.closest('.runs, .message-list');
    const observer = new IntersectionObserver(
      entries => {
        const entry = entries.at(-1);
        setAbove(entry !== undefined && !entry.isIntersecting && entry.boundingClientRect.top < (entry.rootBounds?.top ?? 0));
      },
      { root },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const show = () => {
    line.current?.closest('.runs, .message-list')?.dispatchEvent(new Event('leavefollowing'));
    line.current?.scrollIntoView({ block: 'center' });
  };
  return (
    <>
      <div className="new-line" ref={line} role="separator" aria-label={t('messages.new', { count })}>
        <span>{t('messages.new', { count })}</span>
      </div>
      {isAbove && (
        <button className="to-new-line" onClick={show}>
          <span aria-hidden="true">↑ </span>
          {t('messages.newAbove', { count })}
        </button>
      )}
    </>
  );
}
