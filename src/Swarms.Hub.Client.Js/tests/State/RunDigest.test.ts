import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HubClient, type DigestUpdate, type Run, type RoomClient } from '../../src/index.js';
import { FakeHub } from '../FakeHub.js';

const text = 'Grüße, 世界 👋';
const done = { bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };

let hub: FakeHub;
let room: RoomClient;
let digests: DigestUpdate[];

beforeEach(async () => {
  vi.useFakeTimers();
  hub = new FakeHub();
  room = new HubClient('http://hub.test', { connect: hub.connect }).openRoom('r1', 'token');
  digests = [];
  room.onUpdate(update => update.kind === 'digest' && digests.push(update));
  void room.open();
  await vi.advanceTimersByTimeAsync(0);
});

afterEach(() => {
  room.close();
  vi.useRealTimers();
});

function run(content: string): void {
  hub.append(
    { type: 'run.queued', run: 'a', data: { kind: 'agent', agent: { name: null, model: null }, task: 't', position: 0 } },
    { type: 'run.started', run: 'a', data: {} },
    ...[content.slice(0, 13), content.slice(13)].map(part => ({ type: 'chunk', run: 'a', data: { content: part } })),
    { type: 'done', run: 'a', data: done },
  );
}

it('verifies a finished run whose chunks were cut inside a character', async () => {
  run(text);
  await vi.advanceTimersByTimeAsync(0);
  expect(digests).toMatchObject([{ matches: true, run: { id: 'a', text } }]);
  expect(room.isVerified('a')).toBe(true);
  expect(hub.cursors).toEqual([null]);
});

it('asks for a snapshot when the text is not what the digest states, and only once for each run', async () => {
  const held: Run = { id: 'a', kind: 'agent', agent: { name: null, model: null }, task: 't', state: 'done', queuedAt: '', text: 'still wrong', ...done };
  hub.onWatch = connection => connection.send({ ...hub.snapshot(), runs: [held] } as never);
  run('something else');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(hub.cursors).toEqual([null, null]);
  expect(room.digestMismatches).toBe(2);
  expect(room.isVerified('a')).toBe(false);
  expect(room.connectionState).toBe('live');
});

it('is content when the snapshot puts it right', async () => {
  const held: Run = { id: 'a', kind: 'agent', agent: { name: null, model: null }, task: 't', state: 'done', queuedAt: '', text, ...done };
  hub.onWatch = connection => connection.send({ ...hub.snapshot(), runs: [held] } as never);
  run('something else');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(digests.map(digest => digest.matches)).toEqual([false, true]);
  expect(room.isVerified('a')).toBe(true);
});
