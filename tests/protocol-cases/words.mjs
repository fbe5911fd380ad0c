// Words of which cases are made: events and frames as a hub sends them, and states as a snapshot shows them.
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const at = second => new Date(Date.UTC(2026, 0, 1, 12, 0, 0) + second * 1000).toISOString();
export const cursor = (sequence, history = 'h1') => `${history}:${sequence}`;
export const room = { id: 'room1', name: 'Biology', createdAt: at(0) };
export const joined = { id: 'm1', name: 'Ada', role: 'host', joinedAt: at(0) };
export const ada = { ...joined, handRaised: false };
export const bob = { id: 'm2', name: 'Bob', role: 'viewer', joinedAt: at(3), handRaised: false };

const withoutUndefined = value => JSON.parse(JSON.stringify(value));
export const event = (sequence, type, data = {}, { run, by } = {}) => withoutUndefined({ sequence, at: at(sequence), type, run, by, data });
export const snapshot = (sequence, state = {}, reason = 'first', history = 'h1') => ({
  kind: 'snapshot',
  reason,
  cursor: cursor(sequence, history),
  room,
  members: [ada],
  formerMembers: [],
  runs: [],
  messages: [],
  agents: [],
  groups: [],
  ...state,
});
export const events = (...list) => ({ kind: 'events', cursor: cursor(list.at(-1).sequence), events: list });
export const resumed = (sequence, head = sequence) => ({ kind: 'resumed', cursor: cursor(sequence), head });
export const expected = (sequence, state = {}, history = 'h1') => ({
  cursor: cursor(sequence, history),
  room,
  members: [ada],
  formerMembers: [],
  runs: [],
  messages: [],
  agents: [],
  groups: [],
  ...state,
});

const queuedData = (more = {}) => ({
  kind: 'agent',
  agent: { name: 'Teacher', model: 'gpt-4o' },
  task: 'Explain leaves',
  position: 0,
  ...more,
});
export const queued = (sequence, run, more) => event(sequence, 'run.queued', queuedData(more), { run, by: 'm1' });
export const started = (sequence, run) => event(sequence, 'run.started', {}, { run });
export const chunk = (sequence, run, content, agent) => event(sequence, 'chunk', withoutUndefined({ content, agent }), { run });
export const digest = text => ({ bytes: Buffer.byteLength(text, 'utf8'), sha256: createHash('sha256').update(text, 'utf8').digest('hex') });
export const done = (sequence, run, text) => event(sequence, 'done', digest(text), { run });
export const runState = (id, queuedSequence, state, more) => ({
  id,
  kind: 'agent',
  agent: { name: 'Teacher', model: 'gpt-4o' },
  task: 'Explain leaves',
  by: 'm1',
  state,
  queuedAt: at(queuedSequence),
  ...more,
});
export const said = (sequence, text, by = 'm1') => event(sequence, 'message', { text }, { by });
export const message = (sequence, text, reactions = [], by = 'm1') => ({ sequence, at: at(sequence), by, text, reactions });
export const reaction = (sequence, target, emoji, by) => event(sequence, 'reaction', { emoji, target }, { by });
export const repeat = (text, times) => ({ $repeat: text, times });
export const count = (from, to, make) => Array.from({ length: to - from + 1 }, (_, i) => make(from + i));

// Files: one case each, under a folder for each noun.

/** The folder in which the cases are written: beside this file, or into the folder that the command line names. */
const root = process.argv[2] ?? fileURLToPath(new URL('.', import.meta.url));

/** Forgets the cases of a kind: one whose writing was taken out must not stay. */
export function clear(kind) {
  rmSync(join(root, kind), { recursive: true, force: true });
}

/** Writes a case. Its name is `noun/name`. */
export function writeCase(kind, name, content) {
  const file = join(root, kind, `${name}.json`);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, print({ name, ...content }) + '\n');
}

function print(value, indent = '') {
  const flat = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
  if (flat.length + indent.length <= 170 || value === null || typeof value !== 'object') return flat;
  const inner = indent + '  ';
  if (Array.isArray(value)) return `[\n${value.map(item => inner + print(item, inner)).join(',\n')}\n${indent}]`;
  return `{\n${Object.entries(value)
    .map(([name, item]) => `${inner}${JSON.stringify(name)}: ${print(item, inner)}`)
    .join(',\n')}\n${indent}}`;
}
