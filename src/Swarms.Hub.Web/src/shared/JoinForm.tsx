import { useState } from 'react';
import { hub } from './hub';
import { navigate } from './navigation';
import { Problem } from './Problem';
import { useAction } from './useAction';
import { useStored } from './useStored';
import { rememberRoom } from './visited';

/** Joins by the secret of an invite's link, or else by a code or link that is typed in. */
export function JoinForm({ secret }: { secret?: string }) {
  const [code, setCode] = useState('');
  const [name, setName] = useStored('name', '');
  const join = useAction(async () => {
    const room = await hub.join(secret === undefined ? code : `#${secret}`, name.trim());
    rememberRoom(room.id, 'Room', (await room.getMember()).id);
    navigate(`/rooms/${encodeURIComponent(room.id)}`, secret === undefined ? 'push' : 'replace');
  });
  return (
    <form onSubmit={event => {
      event.preventDefault();
      void join.run();
    }}
    >
      {secret === undefined && (
        <label>
          Code or link
          <input value={code} onChange={event => setCode(event.target.value)} required autoComplete="off" autoCapitalize="characters" spellCheck={false} placeholder="From the host" />
        </label>
      )}
      <label>
        Your name
        <input value={name} onChange={event => setName(event.target.value)} required maxLength={100} autoComplete="nickname" autoFocus={secret !== undefined} />
      </label>
      <button className="primary" disabled={join.isBusy}>Join</button>
      <Problem text={join.error} />
    </form>
  );
}
