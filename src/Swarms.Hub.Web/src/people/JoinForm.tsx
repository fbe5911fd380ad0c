import { useEffect, useState } from 'react';
import { HubClientError, type InviteLook, type RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { hub } from '../shared/hub';
import { navigate, roomPath } from '../shared/navigation';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { useStored } from '../shared/useStored';
import { rememberRoom } from '../shared/visited';
import { InvitedTo } from './InvitedTo';
import { NameField } from './NameField';

/**
 * Joins by the secret of an invite's link. Without one, it asks for a code or a link. It shows the room before anybody joins. A browser
 * that is in the room already goes back to it.
 */
export function JoinForm({ secret }: { secret?: string }) {
  const { t } = useLanguage();
  const [code, setCode] = useState('');
  const [name, setName] = useStored('name', '');
  const [look, setLook] = useState<InviteLook>();
  const [free, setFree] = useState<string>();
  const invite = secret === undefined ? code : `#${secret}`;
  const see = useAction(async (text: string) => setLook(await hub.lookAtInvite(text)));
  const enter = (room: RoomClient, memberId: string | undefined) => {
    rememberRoom(room.id, look?.room.name ?? t('join.unknownRoom'), memberId);
    navigate(roomPath(room.id), secret === undefined ? 'push' : 'replace');
  };
  const join = useAction(async (as: string) => {
    setFree(undefined);
    try {
      const room = look?.member ? await hub.rejoin(invite) : await hub.join(invite, as);
      enter(room, (await room.getMember()).id);
    } catch (error) {
      if (error instanceof HubClientError && error.suggestion !== undefined) setFree(error.suggestion);
      throw error;
    }
  });
  useEffect(() => {
    if (secret !== undefined) void see.run(`#${secret}`);
    // Once for each link: what is seen does not change the form.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [secret]);
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void join.run(name.trim());
      }}
    >
      {secret === undefined && (
        <label>
          {t('join.code')}
          <input
            value={code}
            onChange={event => {
              setCode(event.target.value);
              setLook(undefined);
            }}
            onBlur={() => {
              if (code.trim() !== '' && !look) void see.run(code);
            }}
            required
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            placeholder={t('join.codeExample')}
          />
        </label>
      )}
      {look && <InvitedTo look={look} />}
      {!look?.member && (
        // eslint-disable-next-line jsx-a11y/no-autofocus -- it is the only field of the page that an invite's link opens
        <NameField value={name} onChange={setName} required autoFocus={secret !== undefined} />
      )}
      <button className="primary" disabled={join.isBusy}>
        {t(look?.member ? 'join.back' : 'join.join')}
      </button>
      {free === undefined ? (
        <Problem text={join.error ?? see.error} />
      ) : (
        <>
          <Problem text={t('join.taken', { name: name.trim() })} />
          <button
            type="button"
            onClick={() => {
              setName(free);
              void join.run(free);
            }}
            disabled={join.isBusy}
          >
            <span dir="auto">{t('join.as', { name: free })}</span>
          </button>
        </>
      )}
    </form>
  );
}
