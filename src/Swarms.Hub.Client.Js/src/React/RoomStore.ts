import { ConnectionState } from '../Feed/ConnectionState.js';
import { ConnectionTransport } from '../Feed/ConnectionTransport.js';
import { HubClientError } from '../HubClientError.js';
import type { Member } from '../Protocol/Members/Member.js';
import type { RoomPresence } from '../Protocol/Members/RoomPresence.js';
import type { Run } from '../Protocol/Runs/Run.js';
import type { RoomClient } from '../RoomClient.js';
import type { RoomSnapshot } from '../State/RoomSnapshot.js';
import type { RoomUpdate } from '../State/RoomUpdate.js';
import { FrameClock } from './FrameClock.js';
import { type GrowingText, RunText } from './GrowingText.js';
import type { RoomConnection } from './RoomConnection.js';
import { isSame, sameHeads } from './sameHeads.js';

/** The room as hooks read it. Unchanged parts keep their identity. */
export interface RoomPicture {
  readonly state: RoomSnapshot | undefined;
  /** The same array while texts do nothing but grow, so the texts in it may be behind. */
  readonly runs: readonly Run[];
  readonly me: Member | undefined;
  readonly presence: RoomPresence | undefined;
  readonly connection: RoomConnection;
  readonly isStorageAvailable: boolean;
}

/** The picture before anything is known, and on a server. */
export const blank: RoomPicture = {
  state: undefined,
  runs: [],
  me: undefined,
  presence: undefined,
  connection: { state: ConnectionState.catchingUp, transport: ConnectionTransport.webSockets, error: undefined, lostAt: undefined },
  isStorageAvailable: true,
};

const stores = new WeakMap<RoomClient, RoomStore>();

/** Returns the one store of a room. */
export function storeOf(room: RoomClient): RoomStore {
  let store = stores.get(room);
  if (!store) stores.set(room, (store = new RoomStore(room)));
  return store;
}

/**
 * Watches a room while somebody holds it, and looks at it at most once for each frame of the screen, however many events come. It starts
 * and stops a microtask after it was first held and last let go: a component that mounts twice at once, as in React's strict mode, leaves
 * one connection.
 */
export class RoomStore {
  readonly #room: RoomClient;
  readonly #listeners = new Set<() => void>();
  readonly #texts = new Map<string, RunText>();
  readonly #clock = new FrameClock(() => this.#look());
  #holders = 0;
  #stop: (() => void) | undefined;
  #me: string | undefined;
  #error: HubClientError | undefined;
  #isRefused = false;
  #wasLive = false;
  #lostAt: number | undefined;
  #picture = blank;
  /** Whether this watch has said how it is connected. */
  #hasBegun = false;

  constructor(room: RoomClient) {
    this.#room = room;
    this.#me = room.member?.id;
    this.#picture = this.#draw();
  }

  readonly getPicture = (): RoomPicture => this.#picture;

  /** Watches the room, and calls back after each look at it, until the returned function is called. */
  readonly subscribe = (onLook: () => void): (() => void) => {
    // Each caller is a listener of its own, also where two give the same function.
    const listener = () => onLook();
    this.#listeners.add(listener);
    const letGo = this.hold();
    return () => {
      if (this.#listeners.delete(listener)) letGo();
    };
  };

  /** Watches the room until the returned function is called. The id of the caller's member, where it is known, saves a call. */
  hold(me?: string): () => void {
    this.#me ??= me;
    if (this.#holders++ === 0) this.#settleSoon();

    let isHeld = true;
    return () => {
      if (isHeld && --this.#holders === 0) this.#settleSoon();
      isHeld = false;
    };
  }

  /** Returns the text of a run of the room, or of one of its agents. The same object each time. */
  text(runId: string, agent?: string | null): GrowingText {
    const key = agent === undefined ? runId : `${runId}\n${agent ?? ''}`;
    let text = this.#texts.get(key);
    if (!text) {
      this.#texts.set(
        key,
        (text = new RunText(
          () => this.#room.state?.findRun(runId),
          () => this.hold(),
          agent,
        )),
      );
    }
    return text;
  }

  #settleSoon(): void {
    queueMicrotask(() => {
      if (this.#holders > 0) this.#stop ??= this.#start();
      else {
        this.#stop?.();
        this.#stop = undefined;
      }
    });
  }

  #start(): () => void {
    const ending = new AbortController();
    this.#isRefused = false;
    this.#hasBegun = false;
    this.#wasLive = false;
    this.#lostAt = undefined;
    this.#clock.ask();
    const stopListening = this.#room.onUpdate(update => this.#take(update, ending.signal));
    void this.#open(ending.signal);
    return () => {
      ending.abort();
      stopListening();
      this.#clock.cancel();
    };
  }

  async #open(ending: AbortSignal): Promise<void> {
    if (this.#me === undefined) await this.#identify(ending);
    if (ending.aborted || this.#isRefused) return;

    try {
      await this.#room.open({ signal: ending });
    } catch (error) {
      // A refusal came with the connection's state.
      if (!(error instanceof HubClientError)) throw error;
    }
  }

  async #identify(ending: AbortSignal): Promise<void> {
    try {
      this.#me = (await this.#room.getMember()).id;
    } catch (error) {
      // After any other error the feed keeps trying to reach the hub, and its first snapshot asks again.
      if (error instanceof HubClientError && error.isFinal && !ending.aborted) {
        this.#isRefused = true;
        this.#error = error;
      }
    }

    if (!ending.aborted) this.#clock.ask();
  }

  #take(update: RoomUpdate, ending: AbortSignal): void {
    if (update.kind === 'connectionState') {
      this.#error = update.error;
      this.#hasBegun = true;
      this.#notice(update.connectionState);
    }

    if (update.kind === 'snapshot' && !this.#room.state?.findMember(this.#me)) void this.#identify(ending);
    this.#clock.ask();
  }

  /** Remembers when a live connection was lost. */
  #notice(state: ConnectionState): void {
    if (state === ConnectionState.live) {
      this.#wasLive = true;
      this.#lostAt = undefined;
    } else if (this.#wasLive && state !== ConnectionState.ended) this.#lostAt ??= Date.now();
  }

  #look(): void {
    this.#picture = this.#draw();
    for (const onLook of this.#listeners) onLook();
    for (const text of this.#texts.values()) text.look();
  }

  #draw(): RoomPicture {
    const { state, presence, connectionState, transport, isStorageAvailable } = this.#room;
    const before = this.#picture;
    const begun = this.#hasBegun ? connectionState : ConnectionState.catchingUp;
    const connection: RoomConnection = {
      state: this.#isRefused ? ConnectionState.ended : begun,
      transport,
      error: this.#error,
      lostAt: this.#lostAt,
    };
    return {
      state,
      runs: sameHeads(before.runs, state?.runs ?? blank.runs),
      me: state?.findMember(this.#me),
      presence,
      connection: isSame(before.connection, connection) ? before.connection : connection,
      isStorageAvailable,
    };
  }
}
