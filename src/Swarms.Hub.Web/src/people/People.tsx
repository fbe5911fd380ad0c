import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Member, MemberRole, MemberWatching, RoomClient } from 'swarms-hub-client';
import { useWatching } from 'swarms-hub-client/react';
import { useLanguage } from '../language/useLanguage';
import { rulesFor } from '../room/rules';
import type { RoomViewModel } from '../room/useRoomView';
import { FilterField } from '../shared/controls/FilterField';
import { matches } from '../shared/matches';
import { Menu } from '../shared/controls/Menu';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { raisedHands } from './raisedHands';
import './People.css';

const RemoveDialog = lazy(() => import('./RemoveDialog'));
const RenameDialog = lazy(() => import('./RenameDialog'));

const roles: readonly MemberRole[] = ['host', 'participant', 'viewer'];

/** With fewer people, all of them are in sight. */
const minToSearch = 8;

/** The members of the room: raised hands first, in the order in which they rose, then those who watch now. */
export function People({ client, view }: { client: RoomClient; view: RoomViewModel }) {
  const { t } = useLanguage();
  const rules = rulesFor(view.room, view.me);
  const [query, setQuery] = useState('');
  const online = new Set(view.presence?.members.map(member => member.id));
  const hands = raisedHands(view.members);
  const hand = useAction(() => (view.me?.handRaised ? client.lowerHand() : client.raiseHand()));
  const change = useAction((action: () => Promise<unknown>) => action());
  const [leaving, setLeaving] = useState<Member>();
  const [isRenaming, setRenaming] = useState(false);
  const watching = useWatching(client);

  const next = view.members.find(({ id }) => id === hands[0] && id !== view.me?.id);
  const callOn = async ({ id, name }: Member) => {
    await client.lowerHand(id);
    await client.say(t('hands.called', { name }));
  };

  const rank = ({ id }: Member) => {
    const at = hands.indexOf(id);
    return at >= 0 ? at - hands.length : online.has(id) ? 0 : 1;
  };
  const members = view.members.filter(member => matches(member.name, query)).sort((a, b) => rank(a) - rank(b));
  return (
    <section className="people">
      <header>
        <h2>{t('people.title')}</h2>
        <small>
          {view.lostAt === undefined ? t('people.here', { here: online.size, all: view.members.length }) : t('people.presenceUnknown')}
        </small>
        {(view.me?.handRaised ? rules.canLowerHand : rules.canRaiseHand) && (
          <button onClick={() => void hand.run()} disabled={hand.isBusy} aria-pressed={view.me?.handRaised}>
            {t(view.me?.handRaised ? 'people.lowerHand' : 'people.raiseHand')}
          </button>
        )}
        {rules.canLowerHands && next && (
          <button className="primary" onClick={() => void change.run(() => callOn(next))} disabled={change.isBusy}>
            <bdi>{t('hands.callNext', { name: next.name })}</bdi>
          </button>
        )}
        {rules.canLowerHands && hands.length > 1 && (
          <button className="quiet" onClick={() => void change.run(() => client.lowerAllHands())} disabled={change.isBusy}>
            {t('people.lowerAllHands')}
          </button>
        )}
      </header>
      {view.members.length > minToSearch && <FilterField label={t('people.search')} value={query} onChange={setQuery} listId="people" />}
      {members.length === 0 && <p className="hint">{t('people.noneFound')}</p>}
      <ul id="people">
        {members.map(member => (
          <Person
            key={member.id}
            member={member}
            isOnline={online.has(member.id)}
            isMe={member.id === view.me?.id}
            handNumber={hands.indexOf(member.id) + 1}
            hands={hands.length}
            watching={member.id === view.me?.id ? undefined : watching.get(member.id)}
          >
            {member.id === view.me?.id && rules.canRename && (
              <Menu label={t('people.menu')} name={t('people.menuOf', { name: member.name })}>
                <button onClick={() => setRenaming(true)}>{t('people.rename')}…</button>
              </Menu>
            )}
            {view.me?.role === 'host' && member.id !== view.me.id && (
              <HostMenu
                member={member}
                canLowerHands={rules.canLowerHands}
                onRole={role => void change.run(() => client.changeMember(member.id, { role }))}
                onHandOver={() => {
                  if (confirm(t('people.confirmHandOver', { name: member.name }))) void change.run(() => client.handOver(member.id));
                }}
                onCall={() => void change.run(() => callOn(member))}
                onLowerHand={() => void change.run(() => client.lowerHand(member.id))}
                onRemove={() => setLeaving(member)}
              />
            )}
          </Person>
        ))}
      </ul>
      <Problem text={hand.error ?? change.error} />
      {isRenaming && view.me && (
        <Suspense>
          <RenameDialog client={client} me={view.me} onClose={() => setRenaming(false)} />
        </Suspense>
      )}
      {leaving && (
        <Suspense>
          <RemoveDialog client={client} member={leaving} onClose={() => setLeaving(undefined)} />
        </Suspense>
      )}
    </section>
  );
}

interface PersonProps {
  readonly member: Member;
  readonly isOnline: boolean;
  readonly isMe: boolean;
  /** Its place among the raised hands; 0 for a hand that is not raised. */
  readonly handNumber: number;
  readonly hands: number;
  /** How the member follows the room, where a host is told. */
  readonly watching: MemberWatching | undefined;
  readonly children: ReactNode;
}

function Person({ member, isOnline, isMe, handNumber, hands, watching, children }: PersonProps) {
  const { t, time } = useLanguage();
  const follows =
    watching?.behind !== undefined
      ? t('people.behind', { count: watching.behind })
      : watching?.since !== undefined
        ? t('people.goneSince', { time: time(watching.since) })
        : undefined;
  return (
    <li data-online={isOnline}>
      <span className="dot" title={t(isOnline ? 'people.hereNow' : 'people.notHereNow')} />
      {/* The direction of the name decides at which end it is cut. */}
      <span className="name" dir="auto" title={member.name}>
        <span>{member.name}</span>
        {isMe && <small> {t('people.you')}</small>}
        <span className="sr-only">{t(isOnline ? 'people.spokenHere' : 'people.spokenNotHere')}</span>
      </span>
      {handNumber > 0 && (
        <span
          className="hand"
          role="img"
          aria-label={hands === 1 ? t('people.handRaised') : t('people.handNumber', { number: handNumber })}
        >
          ✋{hands > 1 && <small>{handNumber}</small>}
        </span>
      )}
      {follows !== undefined && <small className="watching">{follows}</small>}
      <small className="role">{t(`people.role.${member.role}`)}</small>
      {children}
    </li>
  );
}

interface HostMenuProps {
  readonly member: Member;
  readonly canLowerHands: boolean;
  readonly onRole: (role: MemberRole) => void;
  readonly onHandOver: () => void;
  readonly onCall: () => void;
  readonly onLowerHand: () => void;
  readonly onRemove: () => void;
}

function HostMenu({ member, canLowerHands, onRole, onHandOver, onCall, onLowerHand, onRemove }: HostMenuProps) {
  const { t } = useLanguage();
  return (
    <Menu label={t('people.menu')} name={t('people.menuOf', { name: member.name })}>
      {canLowerHands && member.handRaised && <button onClick={onCall}>{t('hands.callNext', { name: member.name })}</button>}
      {canLowerHands && member.handRaised && <button onClick={onLowerHand}>{t('people.lowerHand')}</button>}
      {roles
        .filter(role => role !== member.role)
        .map(role => (
          <button key={role} onClick={() => onRole(role)}>
            {t(`people.make.${role}`)}
          </button>
        ))}
      <button onClick={onHandOver}>{t('people.handOver')}</button>
      <button className="danger" onClick={onRemove}>
        {t('common.remove')}…
      </button>
    </Menu>
  );
}
