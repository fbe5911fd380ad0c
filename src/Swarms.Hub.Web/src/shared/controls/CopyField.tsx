import { useRef, useState } from 'react';
import { useLanguage } from '../../language/useLanguage';
import './CopyField.css';

export function CopyField({ label, value }: { label: string; value: string }) {
  const { t } = useLanguage();
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- a page served over plain HTTP has no navigator.clipboard
      document.execCommand('copy');
    }
    setCopied(true);
  };
  return (
    <label className="copy">
      {label}
      <span>
        <input ref={field} readOnly aria-label={label} value={value} onFocus={event => event.target.select()} />
        <button type="button" onClick={() => void copy()} aria-label={t('copy.what', { what: label })}>
          {t(isCopied ? 'copy.copied' : 'copy.copy')}
        </button>
      </span>
    </label>
  );
}
