import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HubClient, type RoomClient, type RoomUpdate } from '../../src/index.js';
import { FakeHub } from '../FakeHub.js';
import { FakeWebSocket } from '../FakeWebSocket.js';

let room: RoomClient;
let updates: RoomUpdate[];

beforeEach(() => {
  vi.useFakeTimers();
  FakeWebSocket.opened.length = 0;
  room = new HubClient('http://hub.test/base', { webSocket: FakeWebSocket }).openRoom('r1', 't1');
  updates = [];
  room.onUpdate(update => updates.push(update));
});

afterEach(() => {
  room.close();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

async function open(): Promise<{ socket: FakeWebSocket; item: (frame: unknown) => object }> {
  // A refusal is told with the state.
  room.open().catch(() => {});
  await vi.waitFor(() => expect(FakeWebSocket.opened[0]?.watched).toBeDefined());
  const socket = FakeWebSocket.opened[0]!;
  return {
    socket,
    item: frame => ({ type: 2, invocationId: (socket.watched as unknown as { invocationId: string }).invocationId, item: frame }),
  };
}

const said = (sequence: number) => ({ sequence, at: '', type: 'message', by: 'm1', data: { text: 'x' } });

describe('A connection over SignalR', () => {
  it('is made with the WebSocket of the options, to the hub, with the token in a header', async () => {
    const { socket } = await open();
    expect(socket.url).toBe('ws://hub.test/base/hub');
    expect(socket.options.headers).toMatchObject({ Authorization: 'Bearer t1' });
    expect(socket.watched?.arguments).toEqual(['r1', null]);
  });

  it('tells presence between the frames, in the order in which both came', async () => {
    const { socket, item } = await open();
    const presence = (viewers: number) => ({ type: 1, target: 'PresenceChanged', arguments: ['r1', { viewers, members: [] }] });
    socket.receive(
      item(new FakeHub().snapshot()),
      presence(1),
      item({ kind: 'events', cursor: 'h1:1', events: [said(1)] }),
      presence(2),
      presence(3),
      item({ kind: 'events', cursor: 'h1:2', events: [said(2)] }),
    );
    await settle();
    expect(updates.map(update => (update.kind === 'presence' ? update.presence.viewers : update.kind))).toEqual([
      'connectionState',
      'snapshot',
      'connectionState',
      1,
      'events',
      3,
      'events',
    ]);
  });

  it.each([
    [4404, 'The room was deleted.', { code: 'not_found', message: 'The room was deleted.' }],
    [4401, '', { code: 'unauthenticated', message: 'The hub closed the connection (4401).' }],
  ])('that the hub closed with the code %i ends the watch with what it stands for', async (code, reason, refusal) => {
    const { socket, item } = await open();
    socket.receive(item(new FakeHub().snapshot()));
    await settle();
    socket.closeWith(code, reason);
    await settle();
    expect(updates.at(-1)).toMatchObject({ connectionState: 'ended', error: refusal });
    expect(FakeWebSocket.opened).toHaveLength(1);
  });

  it('that the hub closed because its viewer did not read is made again at once', async () => {
    const { socket, item } = await open();
    socket.receive(item(new FakeHub().snapshot()));
    await settle();
    socket.closeWith(4408, 'The viewer did not read.');
    await settle();
    expect(updates.find(update => update.kind === 'connectionState' && update.connectionState === 'reconnecting')).toMatchObject({
      error: { code: 'stalled' },
    });
    await vi.waitFor(() => expect(FakeWebSocket.opened[1]?.watched?.arguments).toEqual(['r1', 'h1:0']));
  });

  it('on which nothing is heard is given up and made again', async () => {
    const { socket, item } = await open();
    socket.receive(item(new FakeHub().snapshot()));
    await vi.advanceTimersByTimeAsync(7_900);
    expect(FakeWebSocket.opened).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    await vi.waitFor(() => expect(FakeWebSocket.opened[1]?.watched?.arguments).toEqual(['r1', 'h1:0']));
  });

  it('on which the hub is heard in time stays, however little it says', async () => {
    const { socket, item } = await open();
    socket.receive(item(new FakeHub().snapshot()));
    for (let pings = 0; pings < 20; pings++) {
      await vi.advanceTimersByTimeAsync(4_000);
      socket.receive({ type: 6 });
    }

    expect(FakeWebSocket.opened).toHaveLength(1);
    expect(room.connectionState).toBe('live');
  });

  it('that brings a large message over a slow line stays for as long as that takes, and no longer', async () => {
    const { socket, item } = await open();
    socket.receive({ type: 6, next: 1_000_000 });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(FakeWebSocket.opened).toHaveLength(1);
    socket.receive(item(new FakeHub().snapshot()));
    await vi.advanceTimersByTimeAsync(7_900);
    expect(FakeWebSocket.opened).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    await vi.waitFor(() => expect(FakeWebSocket.opened).toHaveLength(2));
  });

  it.each(['1000000', -1, null, {}])('takes a ping that announces %j for any other', async next => {
    const { socket } = await open();
    socket.receive({ type: 6, next });
    await vi.advanceTimersByTimeAsync(8_100);
    await vi.waitFor(() => expect(FakeWebSocket.opened).toHaveLength(2));
  });
});
