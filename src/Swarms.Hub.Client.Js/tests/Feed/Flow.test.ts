import { describe, expect } from 'vitest';
import type { RoomUpdate } from '../../src/index.js';
import { it, settle } from './WatchedRoom.js';

describe('A room that is watched', () => {
  it('tells presence of its own room only', async ({ hub, room }) => {
    void room.open();
    await settle();
    hub.current.call('PresenceChanged', 'r2', { viewers: 9, members: [] });
    hub.current.call('PresenceChanged', 'r1', { viewers: 1, members: [{ id: 'm1', connections: 1 }] });
    await settle();
    expect(room.presence).toEqual({ viewers: 1, members: [{ id: 'm1', connections: 1 }] });
  });

  it("tells that the hub's storage fails, until the hub says otherwise or a new stream does not", async ({ hub, room, sequences }) => {
    const told: boolean[] = [];
    room.onStorage(isAvailable => told.push(isAvailable));
    void room.open();
    await settle();
    hub.append({});
    const send = (isAvailable: boolean) => hub.current.send({ kind: 'storage', cursor: hub.cursor, isAvailable });
    send(false);
    await settle();
    expect(room.isStorageAvailable).toBe(false);
    send(true);
    await settle();
    expect(room.isStorageAvailable).toBe(true);
    send(false);
    hub.current.cut();
    await settle();
    hub.append({});
    await settle();
    expect(room.isStorageAvailable).toBe(true);
    expect(told).toEqual([false, true, false, true]);
    expect(sequences).toEqual([1, 2]);
  });
});

describe('A program that watches in a loop', () => {
  it('holds no more than its bound for a slow program and resumes where that program was', async ({ hub, room }) => {
    const watched = room.watch();
    const first = watched.next();
    await settle();
    await first;
    for (let i = 0; i < 30; i++) hub.append(...Array.from({ length: 100 }, () => ({})));
    await settle();
    expect(hub.connections[0]!.isClosed).toBe(true);
    expect(hub.connections).toHaveLength(1);

    const taken: number[] = [];
    while (taken.length < 3_000) {
      const next = watched.next();
      await settle();
      const { value } = (await next) as { value: RoomUpdate };
      if (value.kind === 'events') taken.push(...value.events.map(event => event.sequence));
    }

    expect(taken).toEqual(Array.from({ length: 3_000 }, (_, i) => i + 1));
    expect(hub.cursors).toEqual([null, 'h1:2000']);
    await watched.return(undefined);
  });

  it("ends with the hub's refusal", async ({ hub, room }) => {
    hub.watchError = 'forbidden: You were removed.';
    const updates: RoomUpdate[] = [];
    const watching = (async () => {
      for await (const update of room.watch()) updates.push(update);
    })().catch((error: unknown) => error);
    await settle();
    expect(await watching).toMatchObject({ code: 'forbidden', message: 'You were removed.' });
    expect(updates.at(-1)).toMatchObject({ kind: 'connectionState', connectionState: 'ended' });
  });

  it('ends quietly when its signal aborts, and can then begin again', async ({ hub, room }) => {
    const abort = new AbortController();
    const watching = (async () => {
      for await (const update of room.watch({ signal: abort.signal })) expect(update.kind).toBeTypeOf('string');
    })();
    await settle();
    abort.abort();
    await watching;
    expect(hub.current.isClosed).toBe(true);
    const again = room.watch();
    const next = again.next();
    await settle();
    expect((await next).done).toBe(false);
    await again.return(undefined);
  });

  it('refuses a second one at the same time', async ({ room }) => {
    const watched = room.watch();
    const first = watched.next();
    await settle();
    await first;
    await expect(room.watch().next()).rejects.toThrow('watched already');
    await watched.return(undefined);
  });
});
