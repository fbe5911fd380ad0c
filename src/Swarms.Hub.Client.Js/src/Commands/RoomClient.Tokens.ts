import type { CreateProgramRequest } from '../Protocol/Access/CreateProgramRequest.js';
import type { CreateReturnLinkRequest } from '../Protocol/Access/CreateReturnLinkRequest.js';
import type { OwnReturnLink } from '../Protocol/Access/OwnReturnLink.js';
import type { ProgramCreated } from '../Protocol/Access/ProgramCreated.js';
import type { ProgramList } from '../Protocol/Access/ProgramList.js';
import type { RenewTokenRequest } from '../Protocol/Access/RenewTokenRequest.js';
import type { ReturnLinkCreated } from '../Protocol/Access/ReturnLinkCreated.js';
import type { RoomProgram } from '../Protocol/Access/RoomProgram.js';
import type { TokenRenewed } from '../Protocol/Access/TokenRenewed.js';
import { RoomClientModels } from './RoomClient.Models.js';

export abstract class RoomClientTokens extends RoomClientModels {
  /** Admits a program as a member of its own. Its token is shown only here. Hosts. */
  createProgram(request: CreateProgramRequest): Promise<ProgramCreated> {
    return this.endpoint.send('POST', '/programs', request);
  }

  /** The programs, newest first. `removeMember` takes one out and revokes its token. Hosts. */
  async listPrograms(): Promise<readonly RoomProgram[]> {
    return (await this.endpoint.send<ProgramList>('GET', '/programs', undefined, true)).programs;
  }

  /**
   * Exchanges the caller's token for a new one. The old one, and every connection that it opened, ends; so this client is of no use any
   * more: go on with `HubClient.openRoom` and the new token.
   */
  renewToken(request: RenewTokenRequest = {}): Promise<TokenRenewed> {
    return this.endpoint.send('POST', '/members/me/token', request);
  }

  /**
   * Makes a link by which the caller, and nobody else, is the same member again in another place. It works once; an earlier one is
   * revoked. Hosts.
   */
  createReturnLink(request: CreateReturnLinkRequest = {}): Promise<ReturnLinkCreated> {
    return this.endpoint.send('POST', '/members/me/return-link', request);
  }

  /** Says whether the caller has a return link that still works, and until when. Hosts. */
  getReturnLink(): Promise<OwnReturnLink> {
    return this.endpoint.send('GET', '/members/me/return-link', undefined, true);
  }

  /** Revokes the caller's return link. Hosts. */
  revokeReturnLink(): Promise<void> {
    return this.endpoint.done('DELETE', '/members/me/return-link');
  }
}
