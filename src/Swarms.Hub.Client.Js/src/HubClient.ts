import { HeaderValue } from './Commands/HeaderValue.js';
import { HubApi } from './Commands/HubApi.js';
import { RoomEndpoint } from './Feed/RoomEndpoint.js';
import { type HubClientOptions, validate } from './HubClientOptions.js';
import type { InviteLook } from './Protocol/Access/InviteLook.js';
import type { LookAtInviteRequest } from './Protocol/Access/LookAtInviteRequest.js';
import type { CreateRoomRequest } from './Protocol/Rooms/CreateRoomRequest.js';
import type { JoinRequest } from './Protocol/Rooms/JoinRequest.js';
import type { ReturnRequest } from './Protocol/Rooms/ReturnRequest.js';
import type { RoomAdmission } from './Protocol/Rooms/RoomAdmission.js';
import type { HubOverview } from './Protocol/Operations/HubOverview.js';
import type { ServerDescription } from './Protocol/Server/ServerDescription.js';
import { RoomClient } from './RoomClient.js';

/** Codes are short so that they can be read out; secrets are not. */
const maxCodeLength = 16;

/**
 * A hub. Gives out its rooms, which end with it. One for each hub is enough. A call fails with `HubClientError`.
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

  /** A hub at an address such as `http://localhost:5080`. Nothing is sent yet. */
  constructor(address: string | URL, options: HubClientOptions = {}) {
    this.#api = new HubApi(address, validate(options));
  }

  /** The hub's address; ends with a slash. */
  get address(): URL {
    return this.#api.address('');
  }

  /** Creates a room; the caller is its host. */
  async createRoom(name: string, memberName?: string): Promise<RoomClient> {
    const body: CreateRoomRequest = { name, ...(memberName === undefined ? {} : { memberName }), ...this.#session() };
    const { operatorKey } = this.#api.options;
    return this.#admit(await this.#api.send({ method: 'POST', path: 'api/rooms', token: operatorKey, body }));
  }

  /** Joins a room. A taken name is refused; `HubClientError.suggestion` is then a free one. */
  async join(invite: string, name: string): Promise<RoomClient> {
    const body: JoinRequest = { ...readInvite(invite.trim()), name, ...this.#session() };
    return this.#admit(await this.#api.send({ method: 'POST', path: 'api/join', body }));
  }

  /**
   * Joins a room again as the member of a token: with its name, its runs and that token. It gets the invite's role where that is higher.
   */
  async rejoin(invite: string, token?: string): Promise<RoomClient> {
    if (token !== undefined) HeaderValue.require(token, 'token');

    // Without a token the page's cookie stands for the caller.
    const body: JoinRequest = { ...readInvite(invite.trim()), ...(token === undefined ? this.#session() : {}) };
    return this.#admit(await this.#api.send({ method: 'POST', path: 'api/join', token, body }));
  }

  /** The room and the hosts that an invite leads to. Nothing is used up. */
  lookAtInvite(invite: string): Promise<InviteLook> {
    const body: LookAtInviteRequest = readInvite(invite.trim());
    return this.#api.send({ method: 'POST', path: 'api/invites/look', body });
  }

  /** Opens a return link: the caller is the member again who made it. The link is used up. */
  async return(link: string): Promise<RoomClient> {
    const secret = link.trim();
    const body: ReturnRequest = { secret: secret.slice(secret.indexOf('#') + 1), ...this.#session() };
    return this.#admit(await this.#api.send({ method: 'POST', path: 'api/return', body }));
  }

  /**
   * A room that the caller was admitted to before. Nothing is sent yet. Without a token the page's cookie stands for the caller. Throws
   * `TypeError` where no header carries the token: it has other characters than visible ASCII.
   */
  openRoom(roomId: string, token?: string): RoomClient {
    if (roomId.trim() === '') throw new TypeError('A room has an id.');

    if (token !== undefined) HeaderValue.require(token, 'token');

    this.#api.throwIfClosed();
    return new RoomClient(new RoomEndpoint(this.#api, roomId, token), undefined);
  }

  /**
   * Opens the run of an embed with its token, to watch it like a room: its only run is that one. Calls other than the watch are refused.
   * Nothing is sent yet.
   */
  openRun(runId: string, token: string): RoomClient {
    if (runId.trim() === '') throw new TypeError('A run has an id.');

    HeaderValue.require(token, 'token');
    this.#api.throwIfClosed();
    return new RoomClient(new RoomEndpoint(this.#api, runId, token, true), undefined);
  }

  /** The hub's description of itself. */
  getServer(): Promise<ServerDescription> {
    return this.#api.send({ method: 'GET', path: 'api/server' });
  }

  /** The state of the hub, for its operator. It takes the operator's key where creating rooms does. */
  getOverview(): Promise<HubOverview> {
    return this.#api.send({ method: 'GET', path: 'api/overview', token: this.#api.options.operatorKey });
  }

  /**
   * Ends the client and all that is under way. Watches end as if they were aborted; calls fail with an `InvalidStateError`, and so does
   * every later one.
   */
  close(): void {
    this.#api.close();
  }

  #session(): { session?: 'cookie' } {
    const { session } = this.#api.options;
    return session === undefined ? {} : { session };
  }

  #admit(admission: RoomAdmission): RoomClient {
    return new RoomClient(new RoomEndpoint(this.#api, admission.room.id, admission.token), admission.member);
  }
}

function readInvite(text: string): { invite: string } | { code: string } {
  const hash = text.indexOf('#');
  if (hash >= 0) return { invite: text.slice(hash + 1) };

  return text.length <= maxCodeLength ? { code: text } : { invite: text };
}
