import { useEffect, useState } from 'react';
import type { RoomClient, RoomModels } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';
import { byUpstream } from './byUpstream';

interface ModelInputProps {
  readonly client: RoomClient;
  readonly value: string;
  readonly onChange: (model: string) => void;
  readonly isRequired?: boolean;
}

/** No model has this name: the hub takes no such signs. */
const another = '\n';

/** The choice of a model: a list by upstreams where the hub knows names, and a field where it takes others too. */
export function ModelInput({ client, value, onChange, isRequired = false }: ModelInputProps) {
  const { t } = useLanguage();
  const [known, setKnown] = useState<RoomModels>({ models: [], isOpen: true });
  const [isAnother, setAnother] = useState(false);
  useEffect(() => {
    let isHere = true;
    // Without the names the field is one to write in.
    client.getModels().then(
      answer => isHere && setKnown(answer),
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, [client]);
  const { models, isOpen } = known;
  const isListed = models.some(({ id }) => id === value);
  const isWritten = isOpen && (isAnother || models.length === 0 || (value !== '' && !isListed));
  const field = (
    <input
      value={value}
      onChange={event => onChange(event.target.value)}
      required={isRequired}
      maxLength={200}
      spellCheck={false}
      aria-label={models.length > 0 ? t('model.name') : undefined}
    />
  );
  if (models.length === 0) {
    return (
      <label>
        {t('composer.model')}
        {field}
      </label>
    );
  }

  return (
    <div className="model-choice">
      <label>
        {t('composer.model')}
        <select
          value={isWritten ? another : value}
          required={isRequired}
          onChange={({ target }) => {
            setAnother(target.value === another);
            // The name that was chosen before is a beginning to write on from.
            if (target.value !== another) onChange(target.value);
          }}
        >
          {(!isRequired || value === '') && <option value="">{t('model.ofUpstream')}</option>}
          {!isWritten && value !== '' && !isListed && <option value={value}>{t('model.unknown', { model: value })}</option>}
          {byUpstream(models).map(({ upstream, ids }) => (
            <optgroup key={upstream} label={upstream === 'default' ? t('model.defaultUpstream') : upstream}>
              {ids.map(id => (
                <option key={id} value={id}>
                  {id}
                </option>
              ))}
            </optgroup>
          ))}
          {isOpen && <option value={another}>{t('model.another')}</option>}
        </select>
      </label>
      {isWritten && field}
    </div>
  );
}
