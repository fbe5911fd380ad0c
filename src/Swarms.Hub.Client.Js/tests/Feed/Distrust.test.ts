import { describe, expect, vi } from 'vitest';
import { it, settle } from './WatchedRoom.js';

describe('A room that is watched', () => {
  it.for<[what: string, sent: number[]]>([
    ['a gap', [2]],
    ['an event it has', [0]],
    ['two events in the wrong order', [1, 0]],
    ['no events at all', []],
  ])('asks for a snapshot when it is sent %s', async ([, sent], { hub, room, sequences }) => {
    void room.open();
    await settle();
    hub.append({});
    hub.current.send({
      kind: 'events',
      cursor: 'h1:9',
      events: sent.map(i => ({ sequence: 1 + i, at: '', type: 'message', by: 'm1', data: { text: 'bad' } })),
    });
    await settle();
    expect(sequences).toEqual([1]);
    expect(hub.cursors).toEqual([null, null]);
  });

  it('asks for a snapshot when the first frame is neither a snapshot nor resumed', async ({ hub, room, sequences }) => {
    hub.onWatch = (connection, cursor) =>
      connection.send(
        cursor === null && hub.cursors.length > 1
          ? hub.snapshot()
          : { kind: 'events', cursor: 'h1:1', events: [{ sequence: 1, at: '', type: 'message', data: {} }] },
      );
    void room.open();
    await settle();
    expect(hub.cursors).toEqual([null, null]);
    expect(sequences).toEqual([]);
    expect(room.connectionState).toBe('live');
  });

  it('asks without a cursor after the hub called it invalid', async ({ hub, room }) => {
    void room.open();
    await settle();
    hub.onWatch = (connection, cursor) =>
      cursor === null ? connection.send(hub.snapshot()) : connection.fail('invalid: That is no cursor.');
    hub.current.cut();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(hub.cursors).toEqual([null, 'h1:0', null]);
    expect(room.connectionState).toBe('live');
  });
});
