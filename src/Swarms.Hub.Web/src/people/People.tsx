import type { Member, MemberRole, RoomClient } from 'swarms-hub-client';
import type { RoomViewModel } from '../room/useRoom';
import { Menu } from '../shared/Menu';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import './People.css';

const roles: readonly MemberRole[] = ['host', 'participant', 'viewer'];

/** The members of the room: raised hands first, then those who watch now. */
export function People({ client, view }: { client: RoomClient; view: RoomViewModel }) {
  const online = new Set(view.presence?.members.map(member => member.id));
  const rank = (member: Member) => (member.handRaised ? 0 : online.has(member.id) ? 1 : 2);
  const members = [...view.members].sort((a, b) => rank(a) - rank(b));
  const hand = useAction(() => (view.me?.handRaised ? client.lowerHand() : client.raiseHand()));
  const change = useAction((action: () => Promise<unknown>) => action());
  return (
    <section className="people">
      <header>
        <h2>People</h2>
        <small>
          {online.size} of {members.length} here
        </small>
        {view.me && (
          <button onClick={() => void hand.run()} disabled={hand.isBusy} aria-pressed={view.me.handRaised}>
            {view.me.handRaised ? 'Lower hand' : 'Raise hand'}
          </button>
        )}
      </header>
      <ul>
        {members.map(member => (
          <li key={member.id} data-online={online.has(member.id)}>
            <span className="dot" title={online.has(member.id) ? 'Here now' : 'Not here now'} />
            <span className="name">
              {member.name}
              {member.id === view.me?.id && <small> (you)</small>}
              <span className="sr-only">{online.has(member.id) ? ', here now' : ', not here now'}</span>
            </span>
            {member.handRaised && (
              <span className="hand" role="img" aria-label="Hand raised">
                ✋
              </span>
            )}
            <small className="role">{member.role}</small>
            {view.me?.role === 'host' && member.id !== view.me.id && (
              <Menu label="⋯">
                {roles
                  .filter(role => role !== member.role)
                  .map(role => (
                    <button key={role} onClick={() => void change.run(() => client.changeMember(member.id, { role }))}>
                      Make {role}
                    </button>
                  ))}
                <button
                  className="danger"
                  onClick={() => {
                    if (confirm(`Remove ${member.name} from the room?`)) void change.run(() => client.removeMember(member.id));
                  }}
                >
                  Remove
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
