import { describe, expect, vi } from 'vitest';
import { it, settle } from './WatchedRoom.js';

describe('A room that is watched', () => {
  it('is live after the first snapshot', async ({ hub, room, states }) => {
    void room.open();
    await settle();
    expect(states).toEqual(['catchingUp', 'live']);
    expect(hub.cursors).toEqual([null]);
    expect(room.state?.room.name).toBe('Room');
  });

  it('hands over every event once however often the connection is cut', async ({ hub, room, sequences }) => {
    void room.open();
    await settle();
    for (let i = 0; i < 20; i++) {
      hub.append({}, {});
      await settle();
      hub.current.cut();
      hub.append({});
      await vi.advanceTimersByTimeAsync(31_000);
    }

    expect(sequences).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(room.connectionState).toBe('live');
    expect(hub.connections.filter(connection => connection.isOpen)).toHaveLength(1);
  });

  it('resumes after a connection on which nothing was sent', async ({ hub, room, sequences }) => {
    void room.open();
    await settle();
    hub.current.cut();
    await settle();
    hub.current.cut();
    await vi.advanceTimersByTimeAsync(500);
    hub.append({});
    await settle();
    expect(hub.cursors).toEqual([null, 'h1:0', 'h1:0']);
    expect(sequences).toEqual([1]);
  });

  it('comes back when the stream completes, because only the hub stopping or a lost right ends one', async ({ hub, room }) => {
    void room.open();
    await settle();
    hub.current.complete();
    await settle();
    expect(hub.cursors).toEqual([null, 'h1:0']);
    expect(room.connectionState).toBe('live');
  });

  it('takes a snapshot where the hub has another history', async ({ hub, room, sequences }) => {
    void room.open();
    await settle();
    hub.append({}, {});
    hub.history = 'h2';
    hub.events.length = 1;
    hub.current.cut();
    await settle();
    hub.append({});
    await settle();
    expect(hub.cursors).toEqual([null, 'h1:2']);
    expect(sequences).toEqual([1, 2, 2]);
    expect(room.connectionState).toBe('live');
  });

  it('goes on from a snapshot in mid-stream', async ({ hub, room, sequences }) => {
    void room.open();
    await settle();
    hub.events.push(...Array.from({ length: 3_000 }, (_, i) => ({ sequence: i + 1, at: '', type: 'x', data: {} })));
    hub.current.send(hub.snapshot('behind'));
    hub.append({});
    await settle();
    expect(sequences).toEqual([3_001]);
  });

  it('goes on from a snapshot of another history in mid-stream, although its sequences go back', async ({ hub, room, sequences }) => {
    void room.open();
    await settle();
    hub.append({}, {}, {});
    hub.history = 'h2';
    hub.events.length = 1;
    hub.current.send(hub.snapshot('diverged'));
    hub.append({});
    hub.current.cut();
    await settle();
    expect(sequences).toEqual([1, 2, 3, 2]);
    expect(hub.cursors).toEqual([null, 'h2:2']);
  });

  it('can be closed and opened again in one breath', async ({ hub, room, sequences }) => {
    void room.open();
    room.close();
    void room.open();
    await settle();
    hub.append({}, {});
    await settle();
    expect(room.connectionState).toBe('live');
    expect(sequences).toEqual([1, 2]);
    expect(hub.connections.filter(connection => connection.isOpen)).toHaveLength(1);
  });

  it('hands over nothing that a connection sends after it was let go', async ({ hub, room, sequences }) => {
    void room.open();
    await settle();
    const first = hub.current;
    room.close();
    await settle();
    first.send({ kind: 'events', cursor: 'h1:1', events: [{ sequence: 1, at: '', type: 'message', data: {} }] });
    await settle();
    expect(sequences).toEqual([]);
    expect(room.connectionState).toBe('offline');
  });
});
