import type { RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { InviteDialog } from '../people/InviteDialog';
import { TranscriptMenu } from '../runs/TranscriptMenu';
import { Settings } from '../settings/Settings';
import { Brand } from '../shared/Brand';
import { navigate } from '../shared/navigation';
import { UpstreamBadge } from '../shared/UpstreamBadge';
import { useAction } from '../shared/useAction';
import { useServer } from '../shared/useServer';
import { forgetRoom } from '../shared/visited';
import { Connection } from './Connection';
import type { RoomViewModel } from './useRoom';
import './RoomHeader.css';

interface RoomHeaderProps {
  readonly client: RoomClient;
  readonly view: RoomViewModel;
  readonly shown: 'runs' | 'people';
  readonly onShow: (shown: 'runs' | 'people') => void;
}

export function RoomHeader({ client, view, shown, onShow }: RoomHeaderProps) {
  const { t } = useLanguage();
  const server = useServer();
  const leave = useAction(async () => {
    await client.leave();
    forgetRoom(client.id);
    navigate('/');
  });
  const online = view.presence?.members.length;
  return (
    <header className="room-header">
      <Brand />
      <h1 title={view.room?.name}>{view.room?.name}</h1>
      <Connection state={view.connectionState} />
      <UpstreamBadge server={server} />
      <div className="header-tools">
        <button className="only-narrow" aria-pressed={shown === 'people'} onClick={() => onShow(shown === 'people' ? 'runs' : 'people')}>
          {shown === 'people' ? t('runs.title') : online === undefined ? t('people.title') : t('people.titleCount', { count: online })}
        </button>
        {view.me?.role === 'host' && <InviteDialog client={client} />}
        <TranscriptMenu client={client} />
        <Settings />
        <button
          onClick={() => {
            if (confirm(t('room.confirmLeave'))) void leave.run();
          }}
          disabled={leave.isBusy}
        >
          {t('room.leave')}
        </button>
      </div>
      {leave.error !== undefined && (
        <p className="problem" role="alert">
          {leave.error}
        </p>
      )}
    </header>
  );
}
