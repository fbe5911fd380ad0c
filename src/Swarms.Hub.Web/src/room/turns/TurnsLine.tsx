import { type RoomClient, RoomSettings, type RoomSettingsChange } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';
import { Menu } from '../../shared/controls/Menu';
import { Problem } from '../../shared/Problem';
import { useAction } from '../../shared/useAction';
import { useWhomToAsk } from '../../shared/useWhomToAsk';
import { rulesFor } from '../rules';
import type { RoomViewModel } from '../useRoomView';
import './TurnsLine.css';

const turns = {
  everybody: { locked: false, moderated: false },
  proposals: { locked: false, moderated: true },
  locked: { locked: true },
} as const satisfies Record<string, RoomSettingsChange>;

interface TurnsLineProps {
  readonly client: RoomClient;
  readonly view: RoomViewModel;
  readonly onRights: () => void;
}

/** Who may act, in a line at the composer. Hosts change it here; the others read whom to ask. */
export function TurnsLine({ client, view, onRights }: TurnsLineProps) {
  const { t } = useLanguage();
  const ask = useWhomToAsk();
  const change = useAction((changes: RoomSettingsChange) => client.changeSettings(changes));
  if (!view.me) return null;

  const { canStart, mustPropose, closedBy } = rulesFor(view.room, view.me);
  const settings = view.room?.settings ?? RoomSettings.initial;
  const now = settings.locked ? 'locked' : settings.moderated ? 'proposals' : 'everybody';
  if (view.me.role === 'host' && closedBy !== 'archived') {
    return (
      <div className="turns stage-foot" role="status">
        <span>{closedBy === undefined ? t(`turns.${now}`) : t('rules.is.locked')}</span>
        {closedBy === 'locked' ? (
          <button className="quiet" disabled={change.isBusy} onClick={() => void change.run({ locked: false })}>
            {t('turns.unlock')}
          </button>
        ) : (
          <Menu label="▾" name={t('turns.change')}>
            {(['everybody', 'proposals', 'locked'] as const).map(choice => (
              <button key={choice} aria-pressed={choice === now} onClick={() => void change.run(turns[choice])}>
                {t(`turns.${choice}`)}
              </button>
            ))}
            <hr />
            <button onClick={onRights}>{t('turns.rights')}</button>
          </Menu>
        )}
        <Problem text={change.error} />
      </div>
    );
  }

  const isHeld = closedBy !== undefined || !canStart || mustPropose;
  const mayStart = mustPropose ? 'turns.propose' : 'turns.mine';
  const says = closedBy !== undefined ? (`rules.is.${closedBy}` as const) : canStart ? mayStart : 'room.viewer';
  return (
    <div className="turns stage-foot" role="status" data-held={isHeld}>
      <span>
        {t(says)} {isHeld && ask}
      </span>
      <button className="quiet" onClick={onRights}>
        {t('turns.rights')}
      </button>
    </div>
  );
}
