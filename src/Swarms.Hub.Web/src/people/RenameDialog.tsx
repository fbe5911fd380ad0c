import { useState } from 'react';
import { HubClientError, type Member, type RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Dialog } from '../shared/controls/Dialog';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { useStored } from '../shared/useStored';
import { NameField } from './NameField';

interface RenameDialogProps {
  readonly client: RoomClient;
  readonly me: Member;
  readonly onClose: () => void;
}

/** Changes the name that one has in the room. The next room that one joins is offered it as well. */
export default function RenameDialog({ client, me, onClose }: RenameDialogProps) {
  const { t } = useLanguage();
  const [name, setName] = useState(me.name);
  const [free, setFree] = useState<string>();
  const [, setKept] = useStored('name', '');
  const rename = useAction(async (as: string) => {
    setFree(undefined);
    try {
      setKept((await client.changeMember(me.id, { name: as })).name);
      onClose();
    } catch (error) {
      if (error instanceof HubClientError && error.suggestion !== undefined) setFree(error.suggestion);
      throw error;
    }
  });
  return (
    <Dialog title={t('rename.title')} onClose={onClose}>
      <form
        onSubmit={event => {
          event.preventDefault();
          void rename.run(name.trim());
        }}
      >
        <NameField value={name} onChange={setName} required />
        {free === undefined ? (
          <Problem text={rename.error} />
        ) : (
          <>
            <Problem text={t('join.taken', { name: name.trim() })} />
            <button type="button" onClick={() => void rename.run(free)} disabled={rename.isBusy}>
              <span dir="auto">{t('rename.take', { name: free })}</span>
            </button>
          </>
        )}
        <div className="dialog-tools">
          <button className="primary" disabled={rename.isBusy || name.trim() === ''}>
            {t('rename.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
