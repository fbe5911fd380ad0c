import { useEffect, useId, useState } from 'react';
import type { RoomClient, RoomModel } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';

interface ModelInputProps {
  readonly client: RoomClient;
  readonly value: string;
  readonly onChange: (model: string) => void;
  readonly isRequired?: boolean;
}

/** The field of a model's name, with the names that the hub knows. */
export function ModelInput({ client, value, onChange, isRequired = false }: ModelInputProps) {
  const { t } = useLanguage();
  const list = useId();
  const [models, setModels] = useState<readonly RoomModel[]>([]);
  useEffect(() => {
    let isHere = true;
    // Without the names the field is one to write in, as before.
    client.getModels().then(
      answer => isHere && setModels(answer.models),
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, [client]);
  return (
    <label>
      {t('composer.model')}
      <input
        value={value}
        onChange={event => onChange(event.target.value)}
        required={isRequired}
        maxLength={200}
        spellCheck={false}
        list={models.length > 0 ? list : undefined}
      />
      {models.length > 0 && (
        <datalist id={list}>
          {models.map(({ id, upstream }) => (
            <option key={id} value={id}>
              {upstream}
            </option>
          ))}
        </datalist>
      )}
    </label>
  );
}
