import type { ChangeMemberRequest } from '../Protocol/Members/ChangeMemberRequest.js';
import type { Member } from '../Protocol/Members/Member.js';
import { RoomClientRooms } from './RoomClient.Rooms.js';

export abstract class RoomClientMembers extends RoomClientRooms {
  /** The caller in the room. Asks the hub once. */
  async getMember(): Promise<Member> {
    return this.caller ?? (await this.getRoom()).me;
  }

  /** Changes a member's role or name. Hosts; a member may change its own name. */
  changeMember(memberId: string, change: ChangeMemberRequest): Promise<Member> {
    return this.endpoint.send('PATCH', `/members/${encodeURIComponent(memberId)}`, change, true);
  }

  /** Removes a member: its tokens and connections end. Hosts. */
  removeMember(memberId: string): Promise<void> {
    return this.endpoint.done('DELETE', `/members/${encodeURIComponent(memberId)}`);
  }

  /** Leaves the room for good: the member's tokens end here, and so does watching. */
  async leave(): Promise<void> {
    const me = await this.getMember();
    await this.end(() => this.removeMember(me.id));
  }
}
