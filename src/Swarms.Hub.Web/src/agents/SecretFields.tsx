import { useLanguage } from '../language/useLanguage';
import type { SecretField } from './agentFields';

interface SecretFieldsProps {
  readonly secrets: readonly SecretField[];
  readonly onSecrets: (secrets: readonly SecretField[]) => void;
}

/** The secrets of an agent. The hub shows none of them again, only that they are set. */
export function SecretFields({ secrets, onSecrets }: SecretFieldsProps) {
  const { t } = useLanguage();
  const change = (index: number, changed: Partial<SecretField>) =>
    onSecrets(secrets.map((secret, i) => (i === index ? { ...secret, ...changed } : secret)));
  return (
    <fieldset className="wide">
      <legend>{t('agents.secrets')}</legend>
      <p className="hint">{t('agents.secretsHint')}</p>
      {secrets.map((secret, i) => (
        <div key={i} className="agent-row">
          <input
            value={secret.place}
            onChange={event => change(i, { place: event.target.value })}
            readOnly={secret.isSet}
            required
            maxLength={200}
            spellCheck={false}
            aria-label={t('agents.secretPlace', { number: i + 1 })}
            placeholder={t('agents.secretPlaceExample')}
          />
          <input
            type="password"
            value={secret.value}
            onChange={event => change(i, { value: event.target.value })}
            required={!secret.isSet}
            minLength={8}
            maxLength={8_192}
            autoComplete="off"
            aria-label={t('agents.secretValue', { number: i + 1 })}
            placeholder={secret.isSet ? t('agents.secretSet') : ''}
          />
          <button type="button" className="quiet" onClick={() => onSecrets(secrets.filter((_, other) => other !== i))}>
            {t('common.remove')}
          </button>
        </div>
      ))}
      <button
        type="button"
        className="quiet"
        disabled={secrets.length >= 20}
        onClick={() => onSecrets([...secrets, { place: '', value: '', isSet: false }])}
      >
        {t('agents.addSecret')}
      </button>
    </fieldset>
  );
}
