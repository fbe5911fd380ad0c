import type { Ban } from '../Protocol/Access/Ban.js';
import type { BanList } from '../Protocol/Access/BanList.js';
import type { ChangeMemberRequest } from '../Protocol/Members/ChangeMemberRequest.js';
import type { Member } from '../Protocol/Members/Member.js';
import type { MemberBanned } from '../Protocol/Access/MemberBanned.js';
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

  /** Makes another member a host and the caller a participant, at one moment. Returns the new host. Hosts. */
  handOver(memberId: string): Promise<Member> {
    return this.endpoint.send('POST', `/members/${encodeURIComponent(memberId)}/hand-over`);
  }

  /** Removes a member: its tokens and connections end. Hosts. */
  removeMember(memberId: string): Promise<void> {
    return this.endpoint.done('DELETE', `/members/${encodeURIComponent(memberId)}`);
  }

  /**
   * Removes a member whose browser may not join the room again. The answer has the invites by which it came: take them back, or replace
   * them. Hosts.
   */
  banMember(memberId: string): Promise<MemberBanned> {
    return this.endpoint.send('DELETE', `/members/${encodeURIComponent(memberId)}?ban=true`);
  }

  /** The browsers that may not join the room again, newest first. Hosts. */
  async listBans(): Promise<readonly Ban[]> {
    return (await this.endpoint.send<BanList>('GET', '/bans', undefined, true)).bans;
  }

  /** Lifts a ban. Hosts. */
  liftBan(banId: string): Promise<void> {
    return this.endpoint.done('DELETE', `/bans/${encodeURIComponent(banId)}`);
  }

  /** Leaves the room for good: the member's tokens end here, and so does watching. */
  async leave(): Promise<void> {
    const me = await this.getMember();
    await this.end(() => this.removeMember(me.id));
  }
}
