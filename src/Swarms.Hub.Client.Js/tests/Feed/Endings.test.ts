import { describe, expect, vi } from 'vitest';
import { HubClientError } from '../../src/index.js';
import { it, settle } from './WatchedRoom.js';

describe('A room that is watched', () => {
  it.for(['unauthenticated', 'forbidden', 'not_found'])(
    'ends without another attempt when the hub says %s',
    async (code, { hub, room }) => {
      hub.watchError = `${code}: No.`;
      await expect(room.open()).rejects.toMatchObject({ code, message: 'No.' });
      expect(room.connectionState).toBe('ended');
      await vi.advanceTimersByTimeAsync(60_000);
      expect(hub.connections).toHaveLength(1);
    },
  );

  it('ends when a connection does not open because the token is no longer valid', async ({ hub, http, room }) => {
    hub.startError = new Error('WebSocket failed to connect.');
    http.answer = () => Response.json({ code: 'unauthenticated', detail: 'No valid token.' }, { status: 401 });
    await expect(room.open()).rejects.toMatchObject({ code: 'unauthenticated', message: 'No valid token.' });
    expect(hub.connections).toHaveLength(1);
  });

  it('goes on trying while the hub is starting, and resumes when it is ready', async ({ hub, http, room, states }) => {
    void room.open();
    await settle();
    hub.append({});
    hub.startError = new Error('WebSocket failed to connect.');
    http.answer = () =>
      Response.json({ code: 'starting', detail: 'The hub is starting.' }, { status: 503, headers: { 'Retry-After': '2' } });
    hub.current.cut();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(room.connectionState).toBe('offline');
    hub.startError = undefined;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(room.connectionState).toBe('live');
    expect(hub.cursors).toEqual([null, 'h1:1']);
    expect(states).not.toContain('ended');
  });

  it('goes on trying while a starting hub gives out no ticket', async ({ hub, room }) => {
    hub.startError = new HubClientError('starting', 'The hub is starting.', { retryAfter: 2 });
    void room.open();
    await settle();
    hub.startError = undefined;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(room.connectionState).toBe('live');
  });

  it('comes back after a random part of the time that a draining hub gives', async ({ hub, room }) => {
    void room.open();
    await settle();
    hub.current.call('Draining', 20);
    await vi.advanceTimersByTimeAsync(3_000);
    hub.append({});
    hub.current.cut();
    await vi.advanceTimersByTimeAsync(6_900);
    expect(hub.connections).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(hub.connections).toHaveLength(2);
    expect(hub.cursors).toEqual([null, 'h1:1']);
  });

  it('leaves a draining hub that does not close the connection itself', async ({ hub, room }) => {
    void room.open();
    await settle();
    hub.current.call('Draining', 20);
    await vi.advanceTimersByTimeAsync(10_001);
    expect(hub.connections).toHaveLength(2);
    expect(hub.connections[0]!.isClosed).toBe(true);
    expect(room.connectionState).toBe('live');
  });
});
