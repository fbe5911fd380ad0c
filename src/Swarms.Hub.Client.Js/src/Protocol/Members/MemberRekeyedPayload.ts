import type { RoomEvent } from '../Feed/RoomEvent.js';
import { PayloadFields } from '../PayloadFields.js';

/** The data of `member.rekeyed`. */
export interface MemberRekeyedPayload {
  /** The member who exchanged its token. */
  readonly member: { readonly id: string };
  /** The id of the token that is gone. It tells tokens apart and opens nothing. */
  readonly token: string;
}

export const MemberRekeyedPayload = {
  /** Creates the payload for the member with this id. */
  of(memberId: string, token: string): MemberRekeyedPayload {
    return { member: { id: memberId }, token };
  },

  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): MemberRekeyedPayload {
    const member = PayloadFields.object(data, 'member');
    return MemberRekeyedPayload.of(PayloadFields.text(member, 'id') ?? '', PayloadFields.text(data, 'token') ?? '');
  },
};
