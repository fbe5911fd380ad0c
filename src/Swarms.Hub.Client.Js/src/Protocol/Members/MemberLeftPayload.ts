import type { RoomEvent } from '../Feed/RoomEvent.js';
import { PayloadFields } from '../PayloadFields.js';

/** The data of `member.left`. */
export interface MemberLeftPayload {
  /** The member who is gone. */
  readonly member: { readonly id: string };
  /** One of `LeaveReasons`. */
  readonly reason: string;
}

export const MemberLeftPayload = {
  /** The payload for the member of that id. */
  of(memberId: string, reason: string): MemberLeftPayload {
    return { member: { id: memberId }, reason };
  },

  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): MemberLeftPayload {
    const member = PayloadFields.object(data, 'member');
    return MemberLeftPayload.of(PayloadFields.text(member, 'id') ?? '', PayloadFields.text(data, 'reason') ?? '');
  },
};
