import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';
import type { Member } from './Member.js';
import { type MemberRole, MemberRoles } from './MemberRoles.js';

/** The time of a member of which none is given, or none that is one. */
const noTime = '0001-01-01T00:00:00.000Z';

/** The data of `member.joined` and `member.changed`. */
export interface MemberPayload {
  /** The member from now on. The hand has its own events. */
  readonly member: Omit<Member, 'handRaised' | 'handRaisedAt'>;
}

export const MemberPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): MemberPayload {
    const member = PayloadFields.object(data, 'member');
    const joinedAt = PayloadFields.text(member, 'joinedAt');
    const isUnmoderated = PayloadFields.flag(member, 'unmoderated') === true;
    return {
      member: {
        id: PayloadFields.text(member, 'id') ?? '',
        name: PayloadFields.text(member, 'name') ?? '',
        role: (PayloadFields.text(member, 'role') ?? MemberRoles.viewer) as MemberRole,
        joinedAt: joinedAt === undefined || Number.isNaN(Date.parse(joinedAt)) ? noTime : joinedAt,
        ...given('unmoderated', isUnmoderated ? true : undefined),
      },
    };
  },

  /** Creates the payload for the member. */
  of({ handRaised, ...member }: Member): MemberPayload {
    return { member };
  },

  /** Returns the member with the given hand. */
  toMember({ member }: MemberPayload, handRaised: boolean, handRaisedAt?: string): Member {
    return { ...member, handRaised, ...given('handRaisedAt', handRaisedAt) };
  },
};
