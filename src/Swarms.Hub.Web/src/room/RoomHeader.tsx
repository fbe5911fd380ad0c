import type { RoomClient } from 'swarms-hub-client';
import { useServer } from 'swarms-hub-client/react';
import { useLanguage } from '../language/useLanguage';
import { BudgetButton } from '../money/BudgetButton';
import { showMoment } from '../replay/moment';
import { Brand } from '../shared/Brand';
import { hub } from '../shared/hub';
import { Menu } from '../shared/controls/Menu';
import { linkTo, navigate } from '../shared/navigation';
import { printPage } from '../shared/printing';
import { UpstreamBadge } from '../shared/UpstreamBadge';
import { useAction } from '../shared/useAction';
import { forgetRoom } from '../shared/visited';
import { Connection } from './Connection';
import type { RoomDialog } from './RoomDialogs';
import { rulesFor } from './rules';
import type { RoomViewModel } from './useRoomView';
import './RoomHeader.css';

interface RoomHeaderProps {
  readonly client: RoomClient;
  readonly view: RoomViewModel;
  readonly shown: 'runs' | 'people';
  readonly onShow: (shown: 'runs' | 'people') => void;
  readonly unread: number;
  readonly onOpen: (dialog: RoomDialog) => void;
  readonly onPresent: () => void;
}

/** One row. Commands that do not fit are in the menu. */
export function RoomHeader({ client, view, shown, onShow, unread, onOpen, onPresent }: RoomHeaderProps) {
  const { t } = useLanguage();
  const server = useServer(hub);
  const leave = useAction(async () => {
    await client.leave();
    forgetRoom(client.id);
    navigate('/');
  });
  const online = view.presence?.members.length;
  const isHost = view.me?.role === 'host';
  return (
    <header className="room-header">
      <Brand />
      <h1 dir="auto" title={view.room?.name}>
        {view.room?.name}
      </h1>
      <Connection state={view.connectionState} transport={view.transport} />
      <UpstreamBadge server={server} onConnect={isHost ? () => onOpen('connect') : undefined} />
      <div className="header-tools">
        <button className="only-narrow" aria-pressed={shown === 'people'} onClick={() => onShow(shown === 'people' ? 'runs' : 'people')}>
          {shown === 'people' ? t('runs.title') : online === undefined ? t('people.title') : t('people.titleCount', { count: online })}
          {unread > 0 && (
            <span className="unread">
              <span aria-hidden="true">{unread}</span>
              <span className="sr-only">{t('people.unread', { count: unread })}</span>
            </span>
          )}
        </button>
        {rulesFor(view.room, view.me).seesMoney && <BudgetButton view={view} onShow={() => onOpen('spending')} />}
        <button className="not-narrow" onClick={() => onOpen('search')}>
          {t('runs.search')}
        </button>
        {isHost && (
          <button className="primary not-smallest" onClick={() => onOpen('invite')}>
            {t('invite.open')}
          </button>
        )}
        <Menu label={t('room.menuSign')} name={t('room.menu')}>
          <UpstreamBadge server={server} />
          <a className="only-narrow" {...linkTo('/')}>
            {t('room.home')}
          </a>
          {isHost && (
            <button className="only-smallest" onClick={() => onOpen('invite')}>
              {t('room.invite')}
            </button>
          )}
          <button className="only-narrow" onClick={() => onOpen('search')}>
            {t('runs.search')}
          </button>
          {isHost && <button onClick={() => onOpen('agents')}>{t('agents.title')}</button>}
          {rulesFor(view.room, view.me).seesMoney && <button onClick={() => onOpen('spending')}>{t('spending.title')}</button>}
          <button onClick={onPresent}>{t('room.present')}</button>
          {isHost && <button onClick={() => onOpen('rules')}>{t('rules.title')}</button>}
          {isHost && server?.upstream.kind === 'simulator' && <button onClick={() => onOpen('connect')}>{t('connect.title')}</button>}
          <button onClick={() => onOpen('settings')}>{t('settings.title')}</button>
          <button onClick={() => onOpen('keys')}>{t('keys.title')}</button>
          <hr />
          <button onClick={() => showMoment({ at: 0, run: undefined })}>{t('replay.ofRoom')}</button>
          <button onClick={() => onOpen('figures')}>{t('figures.title')}</button>
          <button onClick={() => onOpen('exports')}>{t('exports.title')}</button>
          {isHost && <button onClick={() => onOpen('attendance')}>{t('attendance.title')}</button>}
          <button onClick={() => void printPage()}>{t('room.print')}</button>
          <hr />
          <button
            className="danger"
            onClick={() => {
              if (confirm(t('room.confirmLeave'))) void leave.run();
            }}
            disabled={leave.isBusy}
          >
            {t('room.leave')}
          </button>
        </Menu>
      </div>
      {leave.error !== undefined && (
        <p className="problem" role="alert">
          {leave.error}
        </p>
      )}
    </header>
  );
}
