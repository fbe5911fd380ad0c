import type { CreateInviteRequest } from '../Protocol/Members/CreateInviteRequest.js';
import type { InviteCreated } from '../Protocol/Members/InviteCreated.js';
import { RoomClientHands } from './RoomClient.Hands.js';

export abstract class RoomClientInvites extends RoomClientHands {
  /** Makes a way into the room. Hosts. */
  createInvite(request: CreateInviteRequest): Promise<InviteCreated> {
    return this.endpoint.send('POST', '/invites', request);
  }

  /** Takes an invite back. Hosts. */
  revokeInvite(inviteId: string): Promise<void> {
    return this.endpoint.done('DELETE', `/invites/${encodeURIComponent(inviteId)}`);
  }
}
