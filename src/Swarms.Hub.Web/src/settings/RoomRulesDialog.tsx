import { useState } from 'react';
import { MoneyAudiences, type RoomClient, RoomSettings, type RoomSettingsChange } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { BudgetForm } from '../money/BudgetForm';
import { Dialog } from '../shared/controls/Dialog';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { RightsTable } from '../room/turns/RightsTable';
import type { RoomViewModel } from '../room/useRoomView';
import { HoldBackForm } from './HoldBackForm';
import './Settings.css';
import './RoomRulesDialog.css';

const flags = ['locked', 'moderated', 'viewersMayTalk', 'agentsOnly', 'archived'] as const;

const days = 86_400;
const retentions = [1, 7, 30, 90, 365].map(count => count * days);

/** What members may do in the room, for its hosts. Each choice counts at once. */
export default function RoomRulesDialog({ client, view, onClose }: { client: RoomClient; view: RoomViewModel; onClose: () => void }) {
  const { t } = useLanguage();
  const settings = view.room?.settings ?? RoomSettings.initial;
  const change = useAction((changes: RoomSettingsChange) => client.changeSettings(changes));
  const [name, setName] = useState(view.room?.name ?? '');
  const rename = useAction(() => client.rename(name.trim()));
  const retention = settings.retentionSeconds;
  const choices = retention === undefined || retentions.includes(retention) ? retentions : [...retentions, retention];
  return (
    <Dialog title={t('rules.title')} onClose={onClose}>
      <div className="settings">
        <form
          className="rename-room"
          onSubmit={event => {
            event.preventDefault();
            void rename.run();
          }}
        >
          <label>
            {t('rules.name')}
            <input value={name} onChange={event => setName(event.target.value)} maxLength={200} dir="auto" required />
          </label>
          <button disabled={rename.isBusy || name.trim() === '' || name.trim() === view.room?.name}>{t('rules.rename')}</button>
        </form>
        {flags.map(flag => (
          <label key={flag} className="choice">
            <input
              type="checkbox"
              checked={settings[flag]}
              disabled={change.isBusy}
              onChange={({ target }) => void change.run({ [flag]: target.checked })}
            />
            <span>
              {t(`rules.${flag}`)} <small>{t(settings.fromRoom.includes(flag) ? 'rules.fromRoom' : 'rules.fromHub')}</small>
            </span>
          </label>
        ))}
        <label>
          {t('rules.retention')}
          <select
            value={retention ?? ''}
            disabled={change.isBusy}
            onChange={({ target }) => void change.run({ retentionSeconds: target.value === '' ? null : Number(target.value) })}
          >
            <option value="">{t('rules.retentionOfHub')}</option>
            {choices.map(seconds => (
              <option key={seconds} value={seconds}>
                {t('rules.retentionDays', { count: Math.round(seconds / days) })}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('money.showMoney')}
          <select
            value={settings.showMoney}
            disabled={change.isBusy}
            onChange={({ target }) => void change.run({ showMoney: target.value })}
          >
            {Object.values(MoneyAudiences).map(audience => (
              <option key={audience} value={audience}>
                {t(`money.showMoney.${audience}`)}
              </option>
            ))}
          </select>
        </label>
        <HoldBackForm
          holdBack={settings.holdBack}
          isFromRoom={settings.fromRoom.includes('holdBack')}
          isBusy={change.isBusy}
          onChange={changes => void change.run(changes)}
        />
        <Problem text={change.error ?? rename.error} />
        <section>
          <h3>{t('rights.title')}</h3>
          <RightsTable room={view.room} />
        </section>
        <BudgetForm
          key={JSON.stringify(settings.budget ?? null)}
          client={client}
          budget={settings.budget}
          isFromRoom={settings.fromRoom.includes('budget')}
        />
      </div>
    </Dialog>
  );
}
