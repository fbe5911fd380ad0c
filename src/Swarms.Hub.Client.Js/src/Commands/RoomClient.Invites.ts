import type { CreateInviteRequest } from '../Protocol/Access/CreateInviteRequest.js';
import type { Invite } from '../Protocol/Access/Invite.js';
import type { InviteCreated } from '../Protocol/Access/InviteCreated.js';
import type { InviteList } from '../Protocol/Access/InviteList.js';
import { RoomClientHands } from './RoomClient.Hands.js';

export abstract class RoomClientInvites extends RoomClientHands {
  /** Makes a way into the room. Hosts. */
  createInvite(request: CreateInviteRequest): Promise<InviteCreated> {
    return this.endpoint.send('POST', '/invites', request);
  }

  /** The invites that still admit somebody, newest first, without their secrets. Hosts. */
  async listInvites(): Promise<readonly Invite[]> {
    return (await this.endpoint.send<InviteList>('GET', '/invites', undefined, true)).invites;
  }

  /** Takes an invite back. Hosts. */
  revokeInvite(inviteId: string): Promise<void> {
    return this.endpoint.done('DELETE', `/invites/${encodeURIComponent(inviteId)}`);
  }
}
