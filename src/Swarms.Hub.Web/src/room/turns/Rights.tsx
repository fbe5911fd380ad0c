import type { Room } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';
import { Dialog } from '../../shared/controls/Dialog';
import { RightsTable } from './RightsTable';

/** Who may do what, for everybody in the room. */
export default function Rights({ room, onClose }: { room: Room | undefined; onClose: () => void }) {
  const { t } = useLanguage();
  return (
    <Dialog title={t('rights.title')} onClose={onClose}>
      <RightsTable room={room} />
    </Dialog>
  );
}
