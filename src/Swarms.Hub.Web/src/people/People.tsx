import type { Member, MemberRole, RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import type { RoomViewModel } from '../room/useRoom';
import { Menu } from '../shared/Menu';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import './People.css';

const roles: readonly MemberRole[] = ['host', 'participant', 'viewer'];

/** The members of the room: raised hands first, then those who watch now. */
export function People({ client, view }: { client: RoomClient; view: RoomViewModel }) {
  const { t } = useLanguage();
  const online = new Set(view.presence?.members.map(member => member.id));
  const rank = (member: Member) => (member.handRaised ? 0 : online.has(member.id) ? 1 : 2);
  const members = [...view.members].sort((a, b) => rank(a) - rank(b));
  const hand = useAction(() => (view.me?.handRaised ? client.lowerHand() : client.raiseHand()));
  const change = useAction((action: () => Promise<unknown>) => action());
  return (
    <section className="people">
      <header>
        <h2>{t('people.title')}</h2>
        <small>{t('people.here', { here: online.size, all: members.length })}</small>
        {view.me && (
          <button onClick={() => void hand.run()} disabled={hand.isBusy} aria-pressed={view.me.handRaised}>
            {t(view.me.handRaised ? 'people.lowerHand' : 'people.raiseHand')}
          </button>
        )}
      </header>
      <ul>
        {members.map(member => (
          <li key={member.id} data-online={online.has(member.id)}>
            <span className="dot" title={t(online.has(member.id) ? 'people.hereNow' : 'people.notHereNow')} />
            <span className="name">
              {member.name}
              {member.id === view.me?.id && <small> {t('people.you')}</small>}
              <span className="sr-only">{t(online.has(member.id) ? 'people.spokenHere' : 'people.spokenNotHere')}</span>
            </span>
            {member.handRaised && (
              <span className="hand" role="img" aria-label={t('people.handRaised')}>
                ✋
              </span>
            )}
            <small className="role">{t(`people.role.${member.role}`)}</small>
            {view.me?.role === 'host' && member.id !== view.me.id && (
              <Menu label={t('people.menu')}>
                {roles
                  .filter(role => role !== member.role)
                  .map(role => (
                    <button key={role} onClick={() => void change.run(() => client.changeMember(member.id, { role }))}>
                      {t(`people.make.${role}`)}
                    </button>
                  ))}
                <button
                  className="danger"
                  onClick={() => {
                    if (confirm(t('people.confirmRemove', { name: member.name }))) void change.run(() => client.removeMember(member.id));
                  }}
                >
                  {t('common.remove')}
                </button>
              </Menu>
            )}
          </li>
        ))}
      </ul>
      <Problem text={hand.error ?? change.error} />
    </section>
  );
}
