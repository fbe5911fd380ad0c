import { HubApi } from './Commands/HubApi.js';
import type { HubClientOptions } from './HubClientOptions.js';
import type { RoomAdmission } from './Protocol/RoomAdmission.js';
import { RoomClient } from './RoomClient.js';
import type { ServerDescription } from './Commands/ServerDescription.js';

/**
 * A hub. Gives out its rooms.
 *
 * @example
 * const hub = new HubClient('http://localhost:5080');
 * const room = await hub.createRoom('Story time', 'Ada');
 * await room.startRun({ task: 'Tell a short story.', agent: 'Storyteller' });
 * for await (const update of room.watch()) {
 *   if (update.kind === 'events')
 *     for (const event of update.events)
 *       if (event.type === 'chunk') process.stdout.write(event.data.content);
 * }
 */
export class HubClient {
  readonly #api: HubApi;

  constructor(address: string | URL, options: HubClientOptions = {}) {
    this.#api = new HubApi(address, options);
  }

  /** Creates a room; the caller is its host. */
  async createRoom(name: string, memberName?: string): Promise<RoomClient> {
    const body = { name, ...(memberName === undefined ? {} : { memberName }), ...this.#session() };
    return this.#admit(await this.#api.json('api/rooms', { method: 'POST', body, token: this.#api.options.operatorKey }));
  }

  /** Joins a room by an invite: its url, the secret behind the url's `#`, or its short code. */
  async join(invite: string, name: string): Promise<RoomClient> {
    const body = { ...readInvite(invite), name, ...this.#session() };
    return this.#admit(await this.#api.json('api/join', { method: 'POST', body }));
  }

  /** A room that the caller was admitted to before. Without a token the page's cookie stands for the caller. */
  openRoom(roomId: string, token?: string): RoomClient {
    return new RoomClient(this.#api.as(token), roomId, token);
  }

  /** What the hub says about itself. */
  getServer(): Promise<ServerDescription> {
    return this.#api.json('api/server');
  }

  #session(): { session?: 'cookie' } {
    return this.#api.options.session === undefined ? {} : { session: this.#api.options.session };
  }

  #admit(admission: RoomAdmission): RoomClient {
    return new RoomClient(this.#api.as(admission.token), admission.room.id, admission.token, admission.member);
  }
}

/** Codes are short so that they can be read out; secrets are not. */
const maxCodeLength = 16;

function readInvite(text: string): { invite: string } | { code: string } {
  const trimmed = text.trim();
  const hash = trimmed.indexOf('#');
  if (hash >= 0)
    return { invite: trimmed.slice(hash + 1) };

  return trimmed.length <= maxCodeLength ? { code: trimmed } : { invite: trimmed };
}
