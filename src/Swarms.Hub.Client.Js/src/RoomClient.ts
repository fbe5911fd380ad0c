import { Callbacks } from './Feed/Callbacks.js';
import type { ConnectionState } from './Feed/ConnectionState.js';
import type { HubApi } from './Commands/HubApi.js';
import { HubClientError } from './HubClientError.js';
import type { CreateInviteRequest, InviteCreated } from './Protocol/Invite.js';
import type { Member, MemberRole } from './Protocol/Member.js';
import type { RoomEvent } from './Protocol/RoomEvent.js';
import { RoomFeed, type FeedSink } from './Feed/RoomFeed.js';
import type { RoomPresence } from './Protocol/RoomPresence.js';
import type { RoomSnapshot } from './State/RoomSnapshot.js';
import type { RoomUpdate } from './State/RoomUpdate.js';
import { RoomView } from './State/RoomView.js';
import type { Run } from './Protocol/Run.js';
import type { ListRunsRequest, RunPage } from './Protocol/RunPage.js';
import { agentRequest, type AgentTask, type StartRunRequest } from './Commands/StartRunRequest.js';
import { UpdateQueue } from './Feed/UpdateQueue.js';

/** What a transcript can be written as. */
export type TranscriptFormat = 'md' | 'txt' | 'json' | 'html';

/** How long to watch. */
export interface WatchOptions {
  readonly signal?: AbortSignal;
}

/**
 * One room, as one member. `watch` (or `open`, for callbacks alone) reads its log for as long as you like: it reconnects
 * by itself and resumes where it was, and what you are handed comes in order, each event once, without a gap. `state`
 * is what the frames handed to you add up to. Commands work whether you watch or not; each throws `HubClientError`.
 */
export class RoomClient {
  readonly id: string;
  /** Stands for the member; undefined where a cookie does. */
  readonly token: string | undefined;
  readonly #api: HubApi;
  readonly #view = new RoomView();
  readonly #onUpdate = new Callbacks<[RoomUpdate]>();
  readonly #onEvent = new Callbacks<[RoomEvent]>();
  readonly #onPresence = new Callbacks<[RoomPresence]>();
  readonly #onStorage = new Callbacks<[boolean]>();
  readonly #onConnectionState = new Callbacks<[ConnectionState, HubClientError?]>();
  readonly #mistrusted = new Set<string>();
  #member: Member | undefined;
  #feed: RoomFeed | undefined;
  #connectionState: ConnectionState = 'offline';
  #presence: RoomPresence | undefined;
  #isStorageAvailable = true;

  /** @internal Use `HubClient`. */
  constructor(api: HubApi, id: string, token?: string, member?: Member) {
    this.#api = api;
    this.id = id;
    this.token = token;
    this.#member = member;
  }

  /** Undefined before the first snapshot. */
  get state(): RoomSnapshot | undefined {
    return this.#view.snapshot;
  }

  /** The caller, where it is known: after creating, joining or `getMember`. */
  get member(): Member | undefined {
    return this.#member;
  }

  get connectionState(): ConnectionState {
    return this.#connectionState;
  }

  /** Who watches now; undefined before the hub said so. */
  get presence(): RoomPresence | undefined {
    return this.#presence;
  }

  /** False while the hub says that its storage takes no writes: nothing new is shown then, and nothing is lost. */
  get isStorageAvailable(): boolean {
    return this.#isStorageAvailable;
  }

  /** How often a finished run's text was not the one its digest states; each time a snapshot was asked for. */
  get digestMismatches(): number {
    return this.#view.digestMismatches;
  }

  /** Whether a finished run's text is the one its digest states; undefined while there is nothing to compare. */
  isVerified(runId: string): boolean | undefined {
    return this.#view.digestOf(runId);
  }

  /** Everything `watch` would hand over. Like the other `on…`, it returns what takes the callback out again. */
  onUpdate(callback: (update: RoomUpdate) => void): () => void {
    return this.#onUpdate.add(callback);
  }

  onEvent(callback: (event: RoomEvent) => void): () => void {
    return this.#onEvent.add(callback);
  }

  onPresence(callback: (presence: RoomPresence) => void): () => void {
    return this.#onPresence.add(callback);
  }

  onStorage(callback: (isAvailable: boolean) => void): () => void {
    return this.#onStorage.add(callback);
  }

  onConnectionState(callback: (state: ConnectionState, error?: HubClientError) => void): () => void {
    return this.#onConnectionState.add(callback);
  }

  /**
   * Reads the room until the signal aborts, the loop is left or the room ends for this member; in that last case it
   * throws the hub's refusal. One watch at a time: for a second one open a second `RoomClient`.
   */
  async *watch(options: WatchOptions = {}): AsyncGenerator<RoomUpdate, void, undefined> {
    const queue = new UpdateQueue(this.#api.options.maxBufferedEvents ?? 2_000);
    const feed = this.#createFeed({
      take: update => queue.push(update),
      hasRoom: () => queue.hasRoom,
      room: () => queue.room(),
    });
    const stop = () => {
      feed.stop();
      queue.close();
    };
    options.signal?.addEventListener('abort', stop);
    if (options.signal?.aborted)
      stop();

    const over = feed.start().finally(() => queue.close());
    try {
      for (let update = await queue.take(); update && this.#feed === feed && !options.signal?.aborted; update = await queue.take())
        yield* this.#handOver(update, feed);

      const refusal = options.signal?.aborted ? undefined : await over;
      if (refusal)
        throw refusal;
    } finally {
      options.signal?.removeEventListener('abort', stop);
      stop();
      this.#release(feed);
    }
  }

  /** Watches for the callbacks' and `state`'s sake, until `close`. Resolves when it is over, with the hub's refusal if that is why. */
  async open(): Promise<HubClientError | undefined> {
    const feed: RoomFeed = this.#createFeed({
      take: update => {
        if (this.#isCurrent(feed))
          this.#handOver(update, feed);
      },
      hasRoom: () => true,
      room: () => Promise.resolve(),
    });
    try {
      return await feed.start();
    } finally {
      this.#release(feed);
    }
  }

  /** Stops watching; the member stays in the room. */
  close(): void {
    this.#feed?.stop();
    this.#feed = undefined;
  }

  /** The caller itself. */
  async getMember(): Promise<Member> {
    return this.#member ??= (await this.#api.json<{ me: Member }>(this.#path())).me;
  }

  /** Starts a run and returns it as it is accepted; safe to repeat, because it carries an idempotency key. */
  async startRun(run: StartRunRequest | AgentTask): Promise<Run> {
    const { request, kind, idempotencyKey } = 'request' in run ? run : agentRequest(run);
    const body = { request, kind: kind ?? 'agent', idempotencyKey: idempotencyKey ?? newKey() };
    return (await this.#api.json<{ run: Run }>(this.#path('/runs'), { method: 'POST', body, isRepeatable: true })).run;
  }

  /** Stops a run, keeping the text and usage so far. One that has ended is returned as it is. */
  cancelRun(runId: string): Promise<Run> {
    return this.#api.json(`${this.#path('/runs/', runId)}/cancel`, { method: 'POST', isRepeatable: true });
  }

  /** Says something in the room and returns its sequence. */
  async say(text: string): Promise<number> {
    return (await this.#api.json<{ sequence: number }>(this.#path('/messages'), { method: 'POST', body: { text } })).sequence;
  }

  /**
   * Reacts to an event, by its sequence. Refused with `conflict` where the hub's history is no longer the one that was handed
   * over: the sequence may be another event's there. Safe to repeat, because a second identical reaction appends nothing.
   */
  react(target: number, emoji: string): Promise<void> {
    const cursor = this.#view.cursorFor(target);
    const body = { target, emoji, ...(cursor === undefined ? {} : { cursor }) };
    return this.#api.done(this.#path('/reactions'), { method: 'POST', body, isRepeatable: true });
  }

  raiseHand(): Promise<void> {
    return this.#invoke('RaiseHand');
  }

  lowerHand(): Promise<void> {
    return this.#invoke('LowerHand');
  }

  createInvite(invite: CreateInviteRequest): Promise<InviteCreated> {
    return this.#api.json(this.#path('/invites'), { method: 'POST', body: invite });
  }

  revokeInvite(inviteId: string): Promise<void> {
    return this.#api.done(this.#path('/invites/', inviteId), { method: 'DELETE' });
  }

  changeMember(memberId: string, change: { role?: MemberRole; name?: string }): Promise<Member> {
    return this.#api.json(this.#path('/members/', memberId), { method: 'PATCH', body: change });
  }

  removeMember(memberId: string): Promise<void> {
    return this.#api.done(this.#path('/members/', memberId), { method: 'DELETE' });
  }

  /** A run with its text, however old. */
  getRun(runId: string): Promise<Run> {
    return this.#api.json(this.#path('/runs/', runId));
  }

  listRuns(request: ListRunsRequest = {}): Promise<RunPage> {
    const query = new URLSearchParams(Object.entries(request).map(([name, value]) => [name, String(value)]));
    return this.#api.json(`${this.#path('/runs')}?${query}`);
  }

  /** The room's transcript, or one run's. */
  getTranscript(format: TranscriptFormat = 'md', runId?: string): Promise<string> {
    return this.#api.text(this.#transcriptPath(format, runId));
  }

  /** Where a browser with the room's cookie can download the same. */
  getTranscriptUrl(format: TranscriptFormat = 'md', runId?: string): string {
    return this.#api.url(this.#transcriptPath(format, runId));
  }

  /** Leaves the room for good: the member's tokens end here. */
  async leave(): Promise<void> {
    await this.removeMember((await this.getMember()).id);
    this.close();
  }

  #createFeed(consumer: { take(update: RoomUpdate): void; hasRoom(): boolean; room(): Promise<void> }): RoomFeed {
    if (this.#feed)
      throw new Error('This RoomClient is watched already; open another one for a second view.');

    const sink: FeedSink = {
      frame: frame => consumer.take(frame),
      presence: presence => {
        if (!this.#isCurrent(feed))
          return;

        this.#presence = presence;
        this.#onPresence.call(presence);
        consumer.take({ kind: 'presence', presence });
      },
      storage: isAvailable => {
        if (!this.#isCurrent(feed))
          return;

        this.#isStorageAvailable = isAvailable;
        this.#onStorage.call(isAvailable);
        consumer.take({ kind: 'storage', isAvailable });
      },
      connectionState: (connectionState, error) => {
        if (!this.#isCurrent(feed))
          return;

        this.#connectionState = connectionState;
        this.#onConnectionState.call(connectionState, error);
        consumer.take({ kind: 'connectionState', connectionState, ...(error ? { error } : {}) });
      },
      hasRoom: () => consumer.hasRoom(),
      room: () => consumer.room(),
    };
    const feed: RoomFeed = new RoomFeed({
      roomId: this.id,
      connect: () => this.#api.connect(),
      whyRefused: () => this.#whyRefused(),
      maxReconnectDelay: Math.max(1_000, this.#api.options.maxReconnectDelay ?? 5_000),
      connectTimeout: this.#api.options.connectTimeout ?? 15_000,
    }, sink);
    return this.#feed = feed;
  }

  /** False for a feed that was closed and has a successor: what it still says is no longer about this room's view. */
  #isCurrent(feed: RoomFeed): boolean {
    return this.#feed === undefined || this.#feed === feed;
  }

  #release(feed: RoomFeed): void {
    if (this.#feed === feed)
      this.#feed = undefined;
  }

  /** What the program is handed for one update: the update itself and the digests that it made comparable. */
  #handOver(update: RoomUpdate, feed: RoomFeed): RoomUpdate[] {
    const isFrame = update.kind === 'snapshot' || update.kind === 'resumed' || update.kind === 'events';
    const digests = isFrame ? this.#view.apply(update) : [];
    this.#onUpdate.call(update);
    if (update.kind === 'events')
      update.events.forEach(event => this.#onEvent.call(event));

    for (const digest of digests) {
      this.#onUpdate.call(digest);
      // Once for each run: where the hub's own snapshot does not match either, asking again would never end.
      if (!digest.matches && !this.#mistrusted.has(digest.run.id)) {
        this.#mistrusted.add(digest.run.id);
        feed.askForSnapshot();
      }
    }

    return [update, ...digests];
  }

  async #whyRefused(): Promise<HubClientError | null> {
    try {
      await this.listRuns({ limit: 1 });
      return null;
    } catch (error) {
      return error instanceof HubClientError ? error : null;
    }
  }

  async #invoke(method: string, ...args: unknown[]): Promise<void> {
    const open = this.#feed?.connection;
    const connection = open ?? this.#api.connect();
    try {
      if (!open)
        await connection.start();

      await connection.invoke(method, this.id, ...args);
    } catch (error) {
      throw HubClientError.fromHub(error);
    } finally {
      if (!open)
        await connection.stop();
    }
  }

  #path(collection = '', id = ''): string {
    return `api/rooms/${encodeURIComponent(this.id)}${collection}${encodeURIComponent(id)}`;
  }

  #transcriptPath(format: TranscriptFormat, runId: string | undefined): string {
    return `${runId === undefined ? this.#path() : this.#path('/runs/', runId)}/transcript?format=${format}`;
  }
}

/** Not randomUUID: a page that is served over plain HTTP in a local network has none. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
