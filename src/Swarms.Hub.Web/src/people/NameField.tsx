import type { InputHTMLAttributes } from 'react';
import { useLanguage } from '../language/useLanguage';

interface NameFieldProps extends Pick<InputHTMLAttributes<HTMLInputElement>, 'required' | 'placeholder' | 'autoFocus'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The name that a person has in the room it creates or joins. */
export function NameField({ onChange, ...field }: NameFieldProps) {
  const { t } = useLanguage();
  return (
    <label>
      {t('home.yourName')}
      <input {...field} onChange={event => onChange(event.target.value)} maxLength={100} dir="auto" autoComplete="nickname" />
    </label>
  );
}
