import type { RoomClient, RoomEvent } from 'swarms-hub-client';

export const room = { id: 'r', name: 'Biology', createdAt: '2026-01-01T08:00:00.000Z' };

/** A room of two members, a run in many chunks, a second run that a host hides, and messages of which one is edited. */
export function makeLog(chunks: number): RoomEvent[] {
  const events: RoomEvent[] = [];
  let time = Date.parse(room.createdAt);
  const add = (type: string, data: Record<string, unknown>, more: { run?: string; by?: string } = {}, pause = 100) => {
    time += pause;
    events.push({ sequence: events.length + 1, at: new Date(time).toISOString(), type, data, ...more });
  };
  const member = (id: string, name: string) => ({ member: { id, name, role: 'host', joinedAt: room.createdAt } });
  add('room.created', { name: 'Biology', settings: {} }, {}, 0);
  add('member.joined', member('a', 'Ada'), { by: 'a' });
  add('message', { text: '', erased: 5, length: 3 }, { by: 'a' });
  add('message', { text: 'Hello' }, { by: 'a' }, 60_000);
  add('message.edited', { target: 3, text: 'second' }, { by: 'a' });
  add('run.queued', { kind: 'agent', agent: { name: 'Writer', model: null }, task: 'Tell', position: 0 }, { run: 'one', by: 'a' });
  add('run.started', {}, { run: 'one' });
  for (let i = 0; i < chunks; i++) add('chunk', { content: `w${i} ` }, { run: 'one' }, 10);
  add('done', { bytes: 1, sha256: 'x' }, { run: 'one' });
  add('run.queued', { kind: 'agent', agent: { name: 'Writer', model: null }, task: 'Secret', position: 0 }, { run: 'two', by: 'a' });
  add('run.started', {}, { run: 'two' });
  add('chunk', { content: 'hidden words' }, { run: 'two' });
  add('done', { bytes: 1, sha256: 'x' }, { run: 'two' });
  add('reaction', { target: 4, emoji: '👍' }, { by: 'a' });
  add('run.hidden', { run: 'two' }, { by: 'a' });
  return events;
}

/** A hub that has this log, and counts how often it is asked. */
export function hubOf(events: readonly RoomEvent[]) {
  const asked: number[] = [];
  const client: Pick<RoomClient, 'listEvents'> = {
    listEvents: (after = '0', limit = 100) => {
      asked.push(Number(after));
      const page = events.slice(Number(after), Number(after) + limit);
      return Promise.resolve({ events: page, cursor: `t:${Number(after) + page.length}` });
    },
  };
  return { client, asked };
}
