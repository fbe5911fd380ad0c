import { useState } from 'react';
import { useLanguage } from '../language/useLanguage';
import { hub } from '../shared/hub';
import { navigate, roomPath } from '../shared/navigation';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { useStored } from '../shared/useStored';
import { rememberRoom } from '../shared/visited';
import { NameField } from './NameField';

/** Joins by the secret of an invite's link. Without one, it asks for a code or a link. */
export function JoinForm({ secret }: { secret?: string }) {
  const { t } = useLanguage();
  const [code, setCode] = useState('');
  const [name, setName] = useStored('name', '');
  const join = useAction(async () => {
    const room = await hub.join(secret === undefined ? code : `#${secret}`, name.trim());
    rememberRoom(room.id, t('join.unknownRoom'), (await room.getMember()).id);
    navigate(roomPath(room.id), secret === undefined ? 'push' : 'replace');
  });
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void join.run();
      }}
    >
      {secret === undefined && (
        <label>
          {t('join.code')}
          <input
            value={code}
            onChange={event => setCode(event.target.value)}
            required
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            placeholder={t('join.codeExample')}
          />
        </label>
      )}
      {/* eslint-disable-next-line jsx-a11y/no-autofocus -- it is the only field of the page that an invite's link opens */}
      <NameField value={name} onChange={setName} required autoFocus={secret !== undefined} />
      <button className="primary" disabled={join.isBusy}>
        {t('join.join')}
      </button>
      <Problem text={join.error} />
    </form>
  );
}
