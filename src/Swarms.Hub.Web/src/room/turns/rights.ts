import { type MemberRole, MemberRoles, type Room } from 'swarms-hub-client';
import { rulesFor } from '../rules';

export type Right = 'yes' | 'no' | 'propose' | 'own';

/** The roles in the order of the table's columns. */
export const roles: readonly MemberRole[] = [MemberRoles.host, MemberRoles.participant, MemberRoles.viewer];

/** What each role may do under the room's settings as they are: an act, and the right of each of `roles`. */
export function rightsIn(room: Room | undefined): readonly { act: Act; rights: readonly Right[] }[] {
  return acts.map(({ act, right }) => ({ act, rights: roles.map(role => right(role, room)) }));
}

export type Act = 'watch' | 'talk' | 'hand' | 'start' | 'support' | 'cancel' | 'decide' | 'moderate' | 'invite' | 'money';

interface RightTo {
  readonly act: Act;
  readonly right: (role: MemberRole, room: Room | undefined) => Right;
}

const isHost = (role: MemberRole) => role === MemberRoles.host;
const rules = (role: MemberRole, room: Room | undefined) => rulesFor(room, { id: '', name: '', role, joinedAt: '', handRaised: false });
const yesIf = (isAllowed: boolean): Right => (isAllowed ? 'yes' : 'no');

const acts: readonly RightTo[] = [
  { act: 'watch', right: () => 'yes' },
  { act: 'talk', right: (role, room) => yesIf(rules(role, room).canTalk) },
  { act: 'hand', right: (role, room) => yesIf(rules(role, room).canSupport) },
  {
    act: 'start',
    right: (role, room) => {
      const { canStart, mustPropose } = rules(role, room);
      return canStart && mustPropose ? 'propose' : yesIf(canStart);
    },
  },
  { act: 'support', right: (role, room) => yesIf(rules(role, room).canSupport) },
  {
    act: 'cancel',
    // What one started or proposed, one may always stop.
    right: (role, room) => {
      if (isHost(role)) return 'yes';

      return role === MemberRoles.participant || room?.settings?.moderated === true ? 'own' : 'no';
    },
  },
  { act: 'decide', right: (role, room) => yesIf(rules(role, room).canDecide) },
  { act: 'moderate', right: role => yesIf(isHost(role)) },
  { act: 'invite', right: role => yesIf(isHost(role)) },
  { act: 'money', right: (role, room) => yesIf(rules(role, room).seesMoney) },
];
