import type { CreateEmbedRequest } from '../Protocol/Access/CreateEmbedRequest.js';
import type { Embed } from '../Protocol/Access/Embed.js';
import type { EmbedCreated } from '../Protocol/Access/EmbedCreated.js';
import type { EmbedList } from '../Protocol/Access/EmbedList.js';
import { RoomClientInvites } from './RoomClient.Invites.js';

export abstract class RoomClientEmbeds extends RoomClientInvites {
  /** Lets other pages show one run, by a token that is shown only here. Hosts. */
  createEmbed(request: CreateEmbedRequest): Promise<EmbedCreated> {
    return this.endpoint.send('POST', '/embeds', request);
  }

  /** The embeds that have not expired, newest first, without their tokens. Hosts. */
  async listEmbeds(): Promise<readonly Embed[]> {
    return (await this.endpoint.send<EmbedList>('GET', '/embeds', undefined, true)).embeds;
  }

  /** Revokes an embed: its readers' connections end at once. Hosts. */
  revokeEmbed(embedId: string): Promise<void> {
    return this.endpoint.done('DELETE', `/embeds/${encodeURIComponent(embedId)}`);
  }
}
