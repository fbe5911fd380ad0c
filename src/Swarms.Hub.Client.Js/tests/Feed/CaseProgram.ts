import { expect } from 'vitest';
import type { RoomClient, RoomUpdate } from '../../src/index.js';

/** An update as the cases have it. */
export type Handed = Readonly<Record<string, unknown>>;

/** The program of a feed case: all callbacks are set, and each update is compared with the callbacks before it. */
export class CaseProgram {
  readonly #room: RoomClient;
  readonly #waits: boolean;
  readonly #handed: Handed[] = [];
  readonly #told: string[] = [];
  #abort = new AbortController();
  #updates: AsyncGenerator<RoomUpdate, void, undefined> | undefined;
  #next: Promise<void> | undefined;
  #end: { readonly error?: unknown } | undefined;
  #wrong: unknown;

  constructor(room: RoomClient, waits: boolean) {
    this.#room = room;
    this.#waits = waits;
    room.onUpdate(update => this.#told.push(`update ${update.kind}`));
    room.onEvent(event => this.#told.push(`event ${event.sequence}`));
    room.onPresence(presence => this.#told.push(`presence ${presence.viewers}`));
    room.onWatching(watching => this.#told.push(`watching ${watching.members.length}`));
    room.onStorage(isAvailable => this.#told.push(`storage ${isAvailable}`));
    room.onConnectionState(state => this.#told.push(`connectionState ${state}`));
  }

  /** Undefined while the watch goes on. */
  get end(): { readonly error?: unknown } | undefined {
    return this.#end;
  }

  /** Updates that were handed over and not asked for yet. */
  get rest(): readonly Handed[] {
    return this.#handed;
  }

  watch(): void {
    this.#abort = new AbortController();
    this.#end = undefined;
    this.#updates = this.#room.watch({ signal: this.#abort.signal });
    this.#next = undefined;
    this.comeBack();
  }

  stop(): void {
    this.#abort.abort();
  }

  /** Takes the next update, or as many as come. */
  comeBack(): void {
    if (this.#next) return;

    const next = (this.#next = this.#take(this.#updates!).finally(() => {
      if (this.#next === next) this.#next = undefined;
    }));
  }

  /** The next update; undefined where it has not come yet. */
  take(): Handed | undefined {
    if (this.#wrong) throw this.#wrong as Error;

    const handed = this.#handed.shift();
    if (handed === undefined && this.#waits && !this.#end) this.comeBack();

    return handed;
  }

  async #take(updates: AsyncGenerator<RoomUpdate, void, undefined>): Promise<void> {
    try {
      do {
        const { done, value } = await updates.next();
        if (updates !== this.#updates) return;

        if (done) {
          this.#end = {};
          return;
        }

        expect(this.#told.splice(0)).toEqual(callbacksOf(value));
        this.#handed.push(inWords(value));
      } while (!this.#waits);
    } catch (error) {
      if ((error as Error).name === 'AssertionError') this.#wrong = error;

      this.#end = { error };
    }
  }
}

function inWords(update: RoomUpdate): Handed {
  switch (update.kind) {
    case 'snapshot':
      return { snapshot: update.reason };
    case 'resumed':
      return { resumed: true };
    case 'events':
      return { events: update.events.map(event => event.sequence) };
    case 'connectionState':
      return {
        connectionState: update.connectionState,
        ...(update.error ? { code: update.error.code, message: update.error.message } : {}),
      };
    case 'presence':
      return {
        presence: update.presence.viewers,
        ...(update.presence.members.length > 0
          ? { members: Object.fromEntries(update.presence.members.map(member => [member.id, member.connections])) }
          : {}),
      };
    case 'watching':
      return { watching: update.watching.members };
    case 'storage':
      return { storage: update.isAvailable };
    case 'digest':
      return { digest: update.run.id, matches: update.matches };
  }
}

function callbacksOf(update: RoomUpdate): string[] {
  const all = `update ${update.kind}`;
  switch (update.kind) {
    case 'events':
      return [all, ...update.events.map(event => `event ${event.sequence}`)];
    case 'presence':
      return [all, `presence ${update.presence.viewers}`];
    case 'watching':
      return [all, `watching ${update.watching.members.length}`];
    case 'storage':
      return [all, `storage ${update.isAvailable}`];
    case 'connectionState':
      return [all, `connectionState ${update.connectionState}`];
    default:
      return [all];
  }
}
