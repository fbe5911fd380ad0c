import { describe, expect, vi } from 'vitest';
import { ConnectionTransport } from '../../src/index.js';
import { TransportChoice } from '../../src/Feed/TransportChoice.js';
import { it, settle } from './WatchedRoom.js';

const { webSockets, longPolling } = ConnectionTransport;

describe('A room on a network that passes no WebSockets', () => {
  it('is watched without them at once, and says so', async ({ hub, room, states, sequences }) => {
    hub.passesWebSockets = false;
    void room.open();
    await settle();
    hub.append({}, {});
    await settle();

    expect(hub.connections.map(connection => connection.transport)).toEqual([webSockets, longPolling]);
    expect(room.transport).toBe(longPolling);
    expect(states).toEqual(['catchingUp', 'live']);
    expect(sequences).toEqual([1, 2]);
  });

  it('goes back to them when they are passed again, and resumes', async ({ hub, room, sequences }) => {
    hub.passesWebSockets = false;
    void room.open();
    await settle();
    hub.append({});
    await vi.advanceTimersByTimeAsync(TransportChoice.tryAgainAfterMilliseconds);
    expect(room.transport).toBe(longPolling);
    hub.passesWebSockets = true;
    hub.append({});
    await vi.advanceTimersByTimeAsync(TransportChoice.tryAgainAfterMilliseconds);
    hub.append({});
    await settle();

    expect(room.transport).toBe(webSockets);
    expect(room.connectionState).toBe('live');
    expect(sequences).toEqual([1, 2, 3]);
    expect(hub.cursors.at(-1)).toBe('h1:2');
  });

  it('is not looked for after a cut of a network that passed them', async ({ hub, room }) => {
    void room.open();
    await settle();
    hub.passesWebSockets = false;
    hub.current.cut();
    await settle();
    hub.passesWebSockets = true;
    await vi.advanceTimersByTimeAsync(1_000);

    expect(room.transport).toBe(webSockets);
    expect(hub.connections.map(connection => connection.transport)).not.toContain(longPolling);
  });

  it('is believed at the third refusal in a row where it passed them before', async ({ hub, room }) => {
    void room.open();
    await settle();
    hub.passesWebSockets = false;
    hub.current.cut();
    await vi.advanceTimersByTimeAsync(5_000);

    expect(room.transport).toBe(longPolling);
    expect(room.connectionState).toBe('live');
  });

  it('is told from a hub that cannot be reached', async ({ hub, http, room }) => {
    hub.passesWebSockets = false;
    http.answer = () => new Response(null, { status: 502 });
    void room.open();
    await vi.advanceTimersByTimeAsync(20_000);

    expect(room.connectionState).toBe('offline');
    expect(hub.connections.map(connection => connection.transport)).not.toContain(longPolling);
  });
});
