// Writes fold/. Expected values are written by hand: nothing here folds.
import {
  ada,
  at,
  bob,
  chunk,
  clear,
  count,
  cursor,
  digest,
  done,
  event,
  events,
  expected,
  message,
  queued,
  reaction,
  repeat,
  resumed,
  room,
  runState,
  said,
  snapshot,
  started,
  writeCase,
} from './words.mjs';

clear('fold');

function write(name, description, frames, expectedState, expectedMismatches = []) {
  writeCase('fold', name, { description, frames, expected: expectedState, expectedMismatches });
}

// --- one run ---------------------------------------------------------------------------------------------------------

const usage = { inputTokens: 12, outputTokens: 34, totalTokens: 46, cost: 0.00123 };
write(
  'runs/whole-run',
  'A first snapshot of an empty room, then every event of one run until it is done.',
  [
    snapshot(2),
    events(queued(3, 'r1')),
    events(
      started(4, 'r1'),
      event(5, 'metadata', { jobId: 'job-1', name: 'Teacher' }, { run: 'r1' }),
      event(6, 'start', { agent: 'Teacher' }, { run: 'r1' }),
    ),
    events(chunk(7, 'r1', 'Leaves '), chunk(8, 'r1', 'are ')),
    events(chunk(9, 'r1', 'green.'), event(10, 'usage', usage, { run: 'r1' }), done(11, 'r1', 'Leaves are green.')),
  ],
  expected(11, {
    runs: [
      runState('r1', 3, 'done', {
        startedAt: at(4),
        lastChunkAt: at(9),
        endedAt: at(11),
        jobId: 'job-1',
        text: 'Leaves are green.',
        usage,
        ...digest('Leaves are green.'),
      }),
    ],
  }),
);

write(
  'runs/empty-run',
  'A run that is done without a single chunk has the text "": it is empty, not left out.',
  [snapshot(2), events(queued(3, 'r1'), started(4, 'r1'), done(5, 'r1', ''))],
  expected(5, { runs: [runState('r1', 3, 'done', { startedAt: at(4), endedAt: at(5), text: '', ...digest('') })] }),
);

const growing = (text, more = {}) => runState('r1', 3, 'running', { startedAt: at(4), text, ...more });
write(
  'runs/join-mid-run',
  'A snapshot taken in the middle of a run, then the rest of it: nothing lost, nothing doubled, and the digest fits.',
  [
    snapshot(6, { runs: [growing('Leaves are ', { lastChunkAt: at(6) })] }),
    events(chunk(7, 'r1', 'green.')),
    events(done(8, 'r1', 'Leaves are green.')),
  ],
  expected(8, {
    runs: [
      runState('r1', 3, 'done', {
        startedAt: at(4),
        lastChunkAt: at(7),
        endedAt: at(8),
        text: 'Leaves are green.',
        ...digest('Leaves are green.'),
      }),
    ],
  }),
);

write(
  'runs/join-at-done',
  'A snapshot taken just after done: the run is whole, and its digest is checked although no event comes.',
  [snapshot(8, { runs: [runState('r1', 3, 'done', { startedAt: at(4), endedAt: at(8), text: 'All.', ...digest('All.') })] })],
  expected(8, { runs: [runState('r1', 3, 'done', { startedAt: at(4), endedAt: at(8), text: 'All.', ...digest('All.') })] }),
);

write(
  'frames/resumed',
  'Resumed says: keep what you have and append. Several times in one run, also twice at the same place.',
  [
    snapshot(2),
    events(queued(3, 'r1'), started(4, 'r1'), chunk(5, 'r1', 'one ')),
    resumed(5),
    resumed(5, 6),
    events(chunk(6, 'r1', 'two ')),
    resumed(6, 8),
    events(chunk(7, 'r1', 'three'), done(8, 'r1', 'one two three')),
    resumed(8),
  ],
  expected(8, {
    runs: [
      runState('r1', 3, 'done', {
        startedAt: at(4),
        lastChunkAt: at(7),
        endedAt: at(8),
        text: 'one two three',
        ...digest('one two three'),
      }),
    ],
  }),
);

write(
  'frames/snapshot-behind',
  'A viewer that fell behind gets another snapshot in mid-stream: it replaces the text, it is not appended to it.',
  [
    snapshot(2),
    events(queued(3, 'r1'), started(4, 'r1'), chunk(5, 'r1', 'one ')),
    snapshot(2500, { runs: [growing('one two three ')] }, 'behind'),
    events(chunk(2501, 'r1', 'four'), done(2502, 'r1', 'one two three four')),
  ],
  expected(2502, {
    runs: [
      runState('r1', 3, 'done', {
        startedAt: at(4),
        lastChunkAt: at(2501),
        endedAt: at(2502),
        text: 'one two three four',
        ...digest('one two three four'),
      }),
    ],
  }),
);

write(
  'frames/diverged',
  'Another history: what was seen after the last synced commit is gone, sequences go back, and the run was interrupted.',
  [
    snapshot(2),
    events(queued(3, 'r1'), started(4, 'r1'), chunk(5, 'r1', 'one '), chunk(6, 'r1', 'two '), said(7, 'Did you see that?')),
    snapshot(
      6,
      { runs: [runState('r1', 3, 'interrupted', { startedAt: at(4), endedAt: at(6), text: 'one ', reason: 'hub_crashed' })] },
      'diverged',
      'h2',
    ),
    { kind: 'events', cursor: cursor(7, 'h2'), events: [said(7, 'Back again.')] },
  ],
  expected(
    7,
    {
      runs: [runState('r1', 3, 'interrupted', { startedAt: at(4), endedAt: at(6), text: 'one ', reason: 'hub_crashed' })],
      messages: [message(7, 'Back again.')],
    },
    'h2',
  ),
);

write(
  'runs/usage-nulls',
  'Figures are kept as the upstream states them, null where it does not, and the last usage event replaces the one before.',
  [
    snapshot(2),
    events(queued(3, 'r1'), started(4, 'r1'), event(5, 'usage', usage, { run: 'r1' })),
    events(event(6, 'usage', { inputTokens: 20, outputTokens: null, totalTokens: null, cost: null }, { run: 'r1' })),
  ],
  expected(6, { runs: [growing('', { usage: { inputTokens: 20, outputTokens: null, totalTokens: null, cost: null } })] }),
);

write(
  'runs/long-task',
  'A task that was cut says how long it is; an agent may have no name and no model.',
  [snapshot(2), events(queued(3, 'r1', { agent: { name: null, model: null }, task: 'Read this book: …', taskLength: 900000 }))],
  expected(3, {
    runs: [
      {
        id: 'r1',
        kind: 'agent',
        agent: { name: null, model: null },
        task: 'Read this book: …',
        taskLength: 900000,
        by: 'm1',
        state: 'queued',
        position: 0,
        queuedAt: at(3),
        text: '',
      },
    ],
  }),
);

// --- swarms ----------------------------------------------------------------------------------------------------------

const swarm = { kind: 'swarm', agent: { name: 'Panel', model: null }, task: 'Discuss leaves' };
const swarmRun = (state, more) => ({ id: 'r1', ...swarm, by: 'm1', state, queuedAt: at(3), startedAt: at(4), ...more });
write(
  'runs/swarm-parts',
  'Chunks of several agents interleave: one part for each in order of first appearance; text is all of them in sequence order.',
  [
    snapshot(2),
    events(queued(3, 'r1', swarm), started(4, 'r1'), event(5, 'agent_start', { agent: 'Pro' }, { run: 'r1' })),
    events(chunk(6, 'r1', 'Yes ', 'Pro'), chunk(7, 'r1', 'No ', 'Contra'), chunk(8, 'r1', 'indeed. ', 'Pro')),
    events(
      chunk(9, 'r1', 'never.', 'Contra'),
      event(10, 'agent_end', { agent: 'Pro' }, { run: 'r1' }),
      done(11, 'r1', 'Yes No indeed. never.'),
    ),
  ],
  expected(11, {
    runs: [
      swarmRun('done', {
        lastChunkAt: at(9),
        endedAt: at(11),
        text: 'Yes No indeed. never.',
        ...digest('Yes No indeed. never.'),
        parts: [
          { agent: 'Pro', text: 'Yes indeed. ' },
          { agent: 'Contra', text: 'No never.' },
        ],
      }),
    ],
  }),
);

write(
  'runs/swarm-unnamed-first',
  'Chunks before the first named agent, and later ones that name none, share one part whose agent is null.',
  [
    snapshot(2),
    events(queued(3, 'r1', swarm), started(4, 'r1'), chunk(5, 'r1', 'In'), chunk(6, 'r1', 'tro. ')),
    events(chunk(7, 'r1', 'Yes ', 'Pro'), chunk(8, 'r1', 'And so on. '), chunk(9, 'r1', 'No.', 'Contra'), chunk(10, 'r1', 'End.')),
  ],
  expected(10, {
    runs: [
      swarmRun('running', {
        lastChunkAt: at(10),
        text: 'Intro. Yes And so on. No.End.',
        parts: [
          { agent: null, text: 'Intro. And so on. End.' },
          { agent: 'Pro', text: 'Yes ' },
          { agent: 'Contra', text: 'No.' },
        ],
      }),
    ],
  }),
);

write(
  'runs/swarm-unnamed-later',
  'The part without a name stands where it first appeared.',
  [
    snapshot(2),
    events(
      queued(3, 'r1', swarm),
      started(4, 'r1'),
      chunk(5, 'r1', 'Yes. ', 'Pro'),
      chunk(6, 'r1', 'And so on. '),
      chunk(7, 'r1', 'No.', 'Contra'),
    ),
  ],
  expected(7, {
    runs: [
      swarmRun('running', {
        lastChunkAt: at(7),
        text: 'Yes. And so on. No.',
        parts: [
          { agent: 'Pro', text: 'Yes. ' },
          { agent: null, text: 'And so on. ' },
          { agent: 'Contra', text: 'No.' },
        ],
      }),
    ],
  }),
);

write(
  'runs/swarm-join-mid-run',
  'A snapshot with parts is appended to; a snapshot without parts gets them when the first agent is named.',
  [
    snapshot(8, {
      runs: [
        swarmRun('running', {
          text: 'Yes No ',
          parts: [
            { agent: 'Pro', text: 'Yes ' },
            { agent: 'Contra', text: 'No ' },
          ],
        }),
        { ...swarmRun('running', { text: 'Intro. ' }), id: 'r2' },
      ],
    }),
    events(chunk(9, 'r1', 'never.', 'Contra'), chunk(10, 'r2', 'Well.', 'Pro')),
  ],
  expected(10, {
    runs: [
      swarmRun('running', {
        lastChunkAt: at(9),
        text: 'Yes No never.',
        parts: [
          { agent: 'Pro', text: 'Yes ' },
          { agent: 'Contra', text: 'No never.' },
        ],
      }),
      {
        ...swarmRun('running', {
          lastChunkAt: at(10),
          text: 'Intro. Well.',
          parts: [
            { agent: null, text: 'Intro. ' },
            { agent: 'Pro', text: 'Well.' },
          ],
        }),
        id: 'r2',
      },
    ],
  }),
);

// --- queue and endings -----------------------------------------------------------------------------------------------

write(
  'runs/queue',
  'A waiting run moves up, starts, and loses its position; another is cancelled before it started.',
  [
    snapshot(2),
    events(queued(3, 'r1', { position: 2 }), queued(4, 'r2', { position: 3 }), queued(5, 'r3', { position: 4 })),
    events(event(6, 'run.moved', { position: 1 }, { run: 'r1' }), event(7, 'run.moved', { position: 2 }, { run: 'r2' })),
    events(
      event(8, 'cancelled', { reason: 'requested' }, { run: 'r2', by: 'm1' }),
      event(9, 'run.moved', { position: 2 }, { run: 'r3' }),
      started(10, 'r1'),
    ),
  ],
  expected(10, {
    runs: [
      runState('r1', 3, 'running', { startedAt: at(10), text: '' }),
      runState('r2', 4, 'cancelled', { endedAt: at(8), text: '', reason: 'requested', cancelledBy: 'm1' }),
      runState('r3', 5, 'queued', { position: 2, text: '' }),
    ],
  }),
);

write(
  'runs/waiting',
  'A run whose upstream takes no call waits in the queue, moves there, starts again, and waits once more; another is cancelled meanwhile.',
  [
    snapshot(2),
    events(queued(3, 'r1'), started(4, 'r1'), queued(5, 'r2'), started(6, 'r2')),
    events(
      event(7, 'run.waiting', { until: at(40), attempt: 1, reason: 'rate_limit' }, { run: 'r1' }),
      event(8, 'run.waiting', { until: at(41), attempt: 0, reason: 'unavailable' }, { run: 'r2' }),
    ),
    events(event(9, 'cancelled', { reason: 'requested' }, { run: 'r2', by: 'm1' }), event(10, 'run.moved', { position: 1 }, { run: 'r1' })),
    events(started(11, 'r1'), event(12, 'run.waiting', { until: at(50), attempt: 2, reason: 'rate_limit' }, { run: 'r1' })),
    events(queued(13, 'r3'), event(14, 'run.waiting', { attempt: 'two' }, { run: 'r3' }), started(15, 'r3')),
  ],
  expected(15, {
    runs: [
      runState('r1', 3, 'queued', { waitingUntil: at(50), text: '' }),
      runState('r2', 5, 'cancelled', { endedAt: at(9), text: '', reason: 'requested', cancelledBy: 'm1' }),
      runState('r3', 13, 'running', { startedAt: at(15), text: '' }),
    ],
  }),
);

write(
  'runs/endings',
  'Error, cancelled and interrupted keep the text and the usage so far, and say what is known: until when it wrote, and who cancelled it.',
  [
    snapshot(2),
    events(
      queued(3, 'r1'),
      started(4, 'r1'),
      chunk(5, 'r1', 'Part'),
      event(6, 'usage', usage, { run: 'r1' }),
      event(7, 'error', { code: 'upstream_truncated', message: 'The answer ended too early.' }, { run: 'r1' }),
    ),
    events(
      queued(8, 'r2'),
      started(9, 'r2'),
      chunk(10, 'r2', 'Stop'),
      event(11, 'usage', usage, { run: 'r2' }),
      event(12, 'cancelled', { reason: 'requested' }, { run: 'r2', by: 'm1' }),
    ),
    events(
      queued(13, 'r3'),
      started(14, 'r3'),
      chunk(15, 'r3', 'Cut'),
      { ...event(16, 'interrupted', { reason: 'hub_crashed' }, { run: 'r3' }), at: at(3600) },
      queued(17, 'r4'),
      event(18, 'cancelled', { reason: 'room_deleted' }, { run: 'r4' }),
    ),
  ],
  expected(18, {
    runs: [
      runState('r1', 3, 'error', {
        startedAt: at(4),
        lastChunkAt: at(5),
        endedAt: at(7),
        text: 'Part',
        usage,
        error: { code: 'upstream_truncated', message: 'The answer ended too early.' },
      }),
      runState('r2', 8, 'cancelled', {
        startedAt: at(9),
        lastChunkAt: at(10),
        endedAt: at(12),
        text: 'Stop',
        usage,
        reason: 'requested',
        cancelledBy: 'm1',
      }),
      runState('r3', 13, 'interrupted', {
        startedAt: at(14),
        lastChunkAt: at(15),
        endedAt: at(3600),
        text: 'Cut',
        reason: 'hub_crashed',
      }),
      runState('r4', 17, 'cancelled', { endedAt: at(18), text: '', reason: 'room_deleted' }),
    ],
  }),
);

write(
  'runs/runs-side-by-side',
  'Events of two runs interleave; each chunk goes to its own run.',
  [
    snapshot(2),
    events(
      queued(3, 'r1'),
      queued(4, 'r2'),
      started(5, 'r2'),
      started(6, 'r1'),
      chunk(7, 'r1', 'a'),
      chunk(8, 'r2', 'x'),
      chunk(9, 'r1', 'b'),
    ),
    events(chunk(10, 'r2', 'y'), done(11, 'r2', 'xy'), chunk(12, 'r1', 'c'), done(13, 'r1', 'abc')),
  ],
  expected(13, {
    runs: [
      runState('r1', 3, 'done', { startedAt: at(6), lastChunkAt: at(12), endedAt: at(13), text: 'abc', ...digest('abc') }),
      runState('r2', 4, 'done', { startedAt: at(5), lastChunkAt: at(10), endedAt: at(11), text: 'xy', ...digest('xy') }),
    ],
  }),
);

// --- people ----------------------------------------------------------------------------------------------------------

const bobJoined = ({ handRaised, ...rest }) => rest;
write(
  'members/members',
  'Members join, raise a hand, change and leave. A change of name or role says nothing about the hand.',
  [
    snapshot(2),
    events(
      event(3, 'member.joined', { member: bobJoined(bob) }),
      event(4, 'member.joined', { member: { id: 'm3', name: 'Eve', role: 'participant', joinedAt: at(4) } }),
    ),
    events(
      event(5, 'hand.raised', {}, { by: 'm2' }),
      event(6, 'hand.raised', {}, { by: 'm1' }),
      event(7, 'hand.lowered', {}, { by: 'm1' }),
    ),
    events(event(8, 'member.changed', { member: { ...bobJoined(bob), name: 'Robert', role: 'participant' } }, { by: 'm1' })),
    events(
      event(9, 'member.left', { member: { id: 'm3' }, reason: 'removed' }, { by: 'm1' }),
      event(10, 'room.changed', { name: 'Botany' }, { by: 'm1' }),
    ),
  ],
  expected(10, {
    room: { ...room, name: 'Botany' },
    members: [ada, { ...bob, name: 'Robert', role: 'participant', handRaised: true, handRaisedAt: at(5) }],
  }),
);

write(
  'members/member-left-and-changed',
  'A change of someone who left, and the hand of someone unknown, bring nobody back.',
  [
    snapshot(4, { members: [ada, bob] }),
    events(event(5, 'member.left', { member: { id: 'm2' }, reason: 'left' }, { by: 'm2' })),
    events(event(6, 'member.changed', { member: bobJoined(bob) }), event(7, 'hand.raised', {}, { by: 'm2' })),
  ],
  expected(7),
);

const formerBob = { id: 'm2', name: 'Bob', joinedAt: at(3) };
const left = (sequence, id) => event(sequence, 'member.left', { member: { id }, reason: 'left' }, { by: id });
write(
  'members/former-members',
  'The names of those who left stay while a run, a message or a reaction names them, by time of joining.',
  [
    snapshot(2),
    events(
      event(3, 'member.joined', { member: bobJoined(bob) }),
      event(4, 'member.joined', { member: { id: 'm3', name: 'Eve', role: 'participant', joinedAt: at(4) } }),
      event(5, 'member.joined', { member: { id: 'm4', name: 'Silent', role: 'viewer', joinedAt: at(4) } }),
      event(6, 'member.joined', { member: { id: 'm5', name: 'Cleo', role: 'host', joinedAt: at(4) } }),
    ),
    events(said(7, 'Hello', 'm2'), reaction(8, 7, '🌱', 'm3'), queued(9, 'r1')),
    events(event(10, 'cancelled', { reason: 'requested' }, { run: 'r1', by: 'm5' })),
    events(event(11, 'member.changed', { member: { ...bobJoined(bob), name: 'Robert' } }, { by: 'm1' })),
    events(left(12, 'm5'), left(13, 'm4'), left(14, 'm3'), left(15, 'm2'), left(16, 'm9')),
  ],
  expected(16, {
    formerMembers: [
      { ...formerBob, name: 'Robert' },
      { id: 'm3', name: 'Eve', joinedAt: at(4) },
      { id: 'm5', name: 'Cleo', joinedAt: at(4) },
    ],
    runs: [runState('r1', 9, 'cancelled', { endedAt: at(10), text: '', reason: 'requested', cancelledBy: 'm5' })],
    messages: [message(7, 'Hello', [{ emoji: '🌱', by: ['m3'] }], 'm2')],
  }),
);

write(
  'members/former-members-forgotten',
  'A snapshot brings the names of those who left; they go with the last message and the last run that named them.',
  [
    snapshot(4, {
      formerMembers: [formerBob, { id: 'm3', name: 'Eve', joinedAt: at(4) }],
      runs: [runState('r0', 3, 'cancelled', { endedAt: at(4), text: '', reason: 'requested', cancelledBy: 'm2' })],
      messages: [message(4, 'Hello', [{ emoji: '🌱', by: ['m3'] }], 'm2')],
    }),
    events(...count(5, 204, n => said(n, `message ${n}`))),
  ],
  expected(204, {
    formerMembers: [formerBob],
    runs: [runState('r0', 3, 'cancelled', { endedAt: at(4), text: '', reason: 'requested', cancelledBy: 'm2' })],
    messages: count(5, 204, n => message(n, `message ${n}`)),
  }),
);

// Each is asked for by the only run that names its member.
const askedBy = n => [
  event(2 * n + 10, 'run.queued', { kind: 'agent', agent: { name: null, model: null }, task: '', position: 0 }, { run: `r${n}`, by: 'm1' }),
  event(2 * n + 11, 'cancelled', { reason: 'requested' }, { run: `r${n}`, by: 'm1' }),
];
write(
  'members/former-member-of-a-run-trimmed',
  'A run that is trimmed takes the name of the former member who asked for it with it.',
  [
    snapshot(4, {
      members: [ada, bob],
      runs: [runState('r0', 3, 'cancelled', { by: 'm2', endedAt: at(4), text: '', reason: 'requested', cancelledBy: 'm2' })],
    }),
    events(left(5, 'm2')),
    events(...count(1, 50, askedBy).flat()),
  ],
  expected(111, {
    runs: count(1, 50, n => ({
      id: `r${n}`,
      kind: 'agent',
      agent: { name: null, model: null },
      task: '',
      by: 'm1',
      state: 'cancelled',
      queuedAt: at(2 * n + 10),
      endedAt: at(2 * n + 11),
      text: '',
      reason: 'requested',
      cancelledBy: 'm1',
    })),
  }),
);

write(
  'messages/messages',
  'Reactions gather by emoji in order of appearance, each member once; a reaction to something that is no message changes nothing.',
  [
    snapshot(4, { members: [ada, bob], messages: [message(4, 'Hello', [{ emoji: '👍', by: ['m1'] }])] }),
    events(said(5, 'Hi 👋', 'm2'), reaction(6, 5, '🌱', 'm1'), reaction(7, 5, '❤️', 'm1'), reaction(8, 5, '🌱', 'm2')),
    events(reaction(9, 5, '🌱', 'm2'), reaction(10, 999, '🌱', 'm2'), reaction(11, 4, '👍', 'm2'), reaction(12, 2, '👍', 'm2')),
  ],
  expected(12, {
    members: [ada, bob],
    messages: [
      message(4, 'Hello', [{ emoji: '👍', by: ['m1', 'm2'] }]),
      message(
        5,
        'Hi 👋',
        [
          { emoji: '🌱', by: ['m1', 'm2'] },
          { emoji: '❤️', by: ['m1'] },
        ],
        'm2',
      ),
    ],
  }),
);

write(
  'messages/messages-trimmed',
  'Of 205 messages the last 200 stay; a reaction to one that was trimmed changes nothing.',
  [
    snapshot(2, { messages: [message(2, 'first')] }),
    events(...count(3, 206, n => said(n, `message ${n}`))),
    events(reaction(207, 2, '👍', 'm1'), reaction(208, 6, '👍', 'm1'), reaction(209, 7, '👍', 'm1')),
  ],
  expected(209, { messages: count(7, 206, n => message(n, `message ${n}`, n === 7 ? [{ emoji: '👍', by: ['m1'] }] : [])) }),
);

const longMessage = repeat('ab', 8192);
write(
  'messages/messages-too-long',
  'Sixteen messages fill the bound of 262,144. A reaction takes the oldest its place, and so does a message.',
  [
    snapshot(2),
    events(...count(3, 18, n => said(n, longMessage))),
    events(reaction(19, 18, '👍', 'm1')),
    events(said(20, 'x'), said(21, longMessage)),
  ],
  expected(21, {
    messages: [
      ...count(5, 18, n => message(n, longMessage, n === 18 ? [{ emoji: '👍', by: ['m1'] }] : [])),
      message(20, 'x'),
      message(21, longMessage),
    ],
  }),
);

const fullMessage = repeat('ab', 131_072);
write(
  'messages/message-full',
  'A message that fills the bound alone takes every other its place. Its reactions are in the log only, and the next message replaces it.',
  [snapshot(2), events(said(3, 'x'), said(4, fullMessage)), events(reaction(5, 4, '👍', 'm1'))],
  expected(5, { messages: [message(4, fullMessage)] }),
);

// --- bounds ----------------------------------------------------------------------------------------------------------

// Run r0 goes on all the time; r1 to r53 are cancelled before they start.
const short = n => [queued(2 * n + 2, `r${n}`), event(2 * n + 3, 'cancelled', { reason: 'requested' }, { run: `r${n}`, by: 'm1' })];
const shortRun = n =>
  runState(`r${n}`, 2 * n + 2, 'cancelled', { endedAt: at(2 * n + 3), text: '', reason: 'requested', cancelledBy: 'm1' });
write(
  'runs/ended-runs-trimmed',
  'Of 53 ended runs the last 50 stay, and the older one that goes on stays too; events of a run that was trimmed change nothing.',
  [
    snapshot(1),
    events(queued(2, 'r0'), started(3, 'r0'), ...count(1, 53, short).flat()),
    events(chunk(110, 'r0', 'still here'), chunk(111, 'r1', 'nobody')),
  ],
  expected(111, {
    runs: [runState('r0', 2, 'running', { startedAt: at(3), lastChunkAt: at(110), text: 'still here' }), ...count(4, 53, shortRun)],
  }),
);

const big = times => ({ text: 'ab'.repeat(times), short: repeat('ab', times) });
const finished = (sequence, run, text) => [
  queued(sequence, run),
  started(sequence + 1, run),
  chunk(sequence + 2, run, text.short),
  done(sequence + 3, run, text.text),
];
const finishedRun = (run, sequence, text, isKept) =>
  runState(run, sequence, 'done', {
    startedAt: at(sequence + 1),
    lastChunkAt: at(sequence + 2),
    endedAt: at(sequence + 3),
    ...(isKept ? { text: text.short } : {}),
    ...digest(text.text),
  });
const half = big(262_144),
  // With the tasks of two runs, "Explain leaves".
  rest = big(262_144 - 14),
  small = { text: 'x', short: 'x' },
  most = big(400_000);
write(
  'runs/ended-text-exactly-full',
  'Tasks and texts of ended runs that add up to exactly 1,048,576 are all kept.',
  [snapshot(2), events(...finished(3, 'r1', half), ...finished(7, 'r2', rest))],
  expected(10, { runs: [finishedRun('r1', 3, half, true), finishedRun('r2', 7, rest, true)] }),
);

write(
  'runs/ended-text-exceeded',
  'One more unit, and the run that no longer fits loses its text and parts. So does every older run, however short.',
  [
    snapshot(2),
    events(
      ...finished(3, 'r1', small),
      queued(7, 'r2', swarm),
      started(8, 'r2'),
      chunk(9, 'r2', half.short, 'Pro'),
      done(10, 'r2', half.text),
    ),
    events(...finished(11, 'r3', half), ...finished(15, 'r4', small)),
  ],
  expected(18, {
    runs: [
      finishedRun('r1', 3, small, false),
      { ...finishedRun('r2', 7, half, false), ...swarm },
      finishedRun('r3', 11, half, true),
      finishedRun('r4', 15, small, true),
    ],
  }),
);

write(
  'runs/ended-text-of-older-run',
  'A run older than one whose text was left out ends later: its text is left out too, so that texts are always those of the newest.',
  [
    snapshot(2),
    events(queued(3, 'r1'), started(4, 'r1'), chunk(5, 'r1', 'old')),
    events(...finished(6, 'r2', most), ...finished(10, 'r3', most)),
    events(done(14, 'r1', 'old')),
  ],
  expected(14, {
    runs: [
      runState('r1', 3, 'done', { startedAt: at(4), lastChunkAt: at(5), endedAt: at(14), ...digest('old') }),
      finishedRun('r2', 6, most, false),
      finishedRun('r3', 10, most, true),
    ],
  }),
);

const longTask = (sequence, run, task, more = {}) => [
  queued(sequence, run, { task, ...more }),
  started(sequence + 1, run),
  chunk(sequence + 2, run, 'x'),
  done(sequence + 3, run, 'x'),
];
write(
  'runs/ended-tasks-exceeded',
  'Tasks count with the texts. A run that no longer fits keeps 200 units of its task, and never half of a character.',
  [
    snapshot(2),
    events(
      ...longTask(3, 'r1', repeat('ab', 8_192), { taskLength: 900_000 }),
      ...longTask(7, 'r2', repeat('🍃', 100)),
      ...longTask(11, 'r3', `x${'🍃'.repeat(100)}`),
      ...finished(15, 'r4', half),
      ...longTask(19, 'r5', repeat('ab', 8_192)),
      ...finished(23, 'r6', big(262_144 - 8_220)),
    ),
  ],
  expected(26, {
    runs: [
      { ...finishedRun('r1', 3, small, false), task: repeat('ab', 100), taskLength: 900_000 },
      { ...finishedRun('r2', 7, small, false), task: repeat('🍃', 100) },
      { ...finishedRun('r3', 11, small, false), task: `x${'🍃'.repeat(99)}`, taskLength: 201 },
      finishedRun('r4', 15, half, true),
      { ...finishedRun('r5', 19, small, true), task: repeat('ab', 8_192) },
      finishedRun('r6', 23, big(262_144 - 8_220), true),
    ],
  }),
);

write(
  'frames/snapshot-without-texts',
  'A snapshot leaves old texts out: there is nothing to check there, and nothing is made up when other runs end.',
  [snapshot(20, { runs: [finishedRun('r1', 3, most, false), finishedRun('r2', 7, small, true)] }), events(...finished(21, 'r3', small))],
  expected(24, { runs: [finishedRun('r1', 3, most, false), finishedRun('r2', 7, small, true), finishedRun('r3', 21, small, true)] }),
);

// --- patience and distrust -------------------------------------------------------------------------------------------

write(
  'frames/unknown',
  "Fields, frames' fields and event types that nobody knows change nothing but the cursor.",
  [
    { ...snapshot(2), weather: 'fine', room: { ...room, colour: 'green' } },
    events(
      queued(3, 'r1'),
      { ...started(4, 'r1'), mood: 1 },
      event(5, 'thinking', { content: 'hm' }, { run: 'r1' }),
      event(6, 'upstream.cancelled', { why: '?' }, { run: 'r1' }),
    ),
    events(event(7, 'room.painted', { colour: 'red' }, { by: 'm1' }), chunk(8, 'r1', 'ok'), event(9, 'poll.opened', {})),
  ],
  expected(9, { runs: [growing('ok', { lastChunkAt: at(8) })] }),
);

write(
  'frames/storage',
  'A hub whose disk fails and works again says so within the stream; that changes nothing that is held.',
  [
    snapshot(2),
    events(queued(3, 'r1'), started(4, 'r1'), chunk(5, 'r1', 'Hel')),
    { kind: 'storage', cursor: cursor(5), isAvailable: false },
    { kind: 'storage', cursor: cursor(5), isAvailable: true },
    events(chunk(6, 'r1', 'lo')),
  ],
  expected(6, { runs: [growing('Hello', { lastChunkAt: at(6) })] }),
);

write(
  'runs/usage-odd',
  'Figures of another type than they should have are figures that were not stated; nothing stops.',
  [
    snapshot(2),
    events(
      queued(3, 'r1'),
      started(4, 'r1'),
      event(5, 'usage', { inputTokens: 'x', outputTokens: 1.5, totalTokens: [], cost: '1' }, { run: 'r1' }),
      chunk(6, 'r1', 'ok'),
    ),
  ],
  expected(6, {
    runs: [{ ...growing('ok'), lastChunkAt: at(6), usage: { inputTokens: null, outputTokens: null, totalTokens: null, cost: null } }],
  }),
);

const letters = 'Grüße, 世界! 👩‍🔬 𝄞\n\u0000 "\\\u2028';
write(
  'digests/multi-byte',
  'Bytes and digest are those of the text in UTF-8, with letters of all lengths; one of several code points is cut between two chunks.',
  [
    snapshot(2),
    events(
      queued(3, 'r1'),
      started(4, 'r1'),
      chunk(5, 'r1', letters.slice(0, 3)),
      chunk(6, 'r1', letters.slice(3, 14)),
      chunk(7, 'r1', letters.slice(14)),
    ),
    events(done(8, 'r1', letters)),
  ],
  expected(8, {
    runs: [runState('r1', 3, 'done', { startedAt: at(4), lastChunkAt: at(7), endedAt: at(8), text: letters, ...digest(letters) })],
  }),
);

const wrong = digest('What the hub stored');
write(
  'digests/digest-mismatch',
  'A text that is not what done states is reported, from events as from a snapshot, and nothing else changes.',
  [
    snapshot(9, { runs: [runState('r0', 3, 'done', { startedAt: at(4), endedAt: at(5), text: 'What I hold', ...wrong })] }),
    events(queued(10, 'r1'), started(11, 'r1'), chunk(12, 'r1', 'What I hold'), event(13, 'done', wrong, { run: 'r1' })),
    events(...finished(14, 'r2', { text: 'Good', short: 'Good' })),
  ],
  expected(17, {
    runs: [
      runState('r0', 3, 'done', { startedAt: at(4), endedAt: at(5), text: 'What I hold', ...wrong }),
      runState('r1', 10, 'done', { startedAt: at(11), lastChunkAt: at(12), endedAt: at(13), text: 'What I hold', ...wrong }),
      finishedRun('r2', 14, { text: 'Good', short: 'Good' }, true),
    ],
  }),
  ['r0', 'r1'],
);

write(
  'digests/digest-mended',
  'A mismatch, then the snapshot that was asked for brings the right text: the run matches now, and was reported once.',
  [
    snapshot(2),
    events(
      queued(3, 'r1'),
      started(4, 'r1'),
      chunk(5, 'r1', 'What I'),
      event(6, 'start', {}, { run: 'r1' }),
      event(7, 'done', wrong, { run: 'r1' }),
    ),
    snapshot(7, { runs: [runState('r1', 3, 'done', { startedAt: at(4), endedAt: at(7), text: 'What the hub stored', ...wrong })] }),
  ],
  expected(7, { runs: [runState('r1', 3, 'done', { startedAt: at(4), endedAt: at(7), text: 'What the hub stored', ...wrong })] }),
  ['r1'],
);

const huge = big(600_000);
write(
  'digests/digest-of-text-left-out',
  'A run whose text outgrows the bound by itself loses it when it ends; its digest is checked before that.',
  [
    snapshot(2),
    events(queued(3, 'r1'), started(4, 'r1'), chunk(5, 'r1', huge.short), event(6, 'done', wrong, { run: 'r1' })),
    events(...finished(7, 'r2', huge)),
  ],
  expected(10, {
    runs: [
      runState('r1', 3, 'done', { startedAt: at(4), lastChunkAt: at(5), endedAt: at(6), ...wrong }),
      finishedRun('r2', 7, huge, false),
    ],
  }),
  ['r1'],
);

// --- proposals -------------------------------------------------------------------------------------------------------

const proposed = (sequence, run, rank, more = {}, by = bob.id) =>
  event(sequence, 'run.proposed', { kind: 'agent', agent: { name: 'Teacher', model: null }, task: 'Explain leaves', ...more, rank }, { run, by });
const proposal = (run, sequence, rank, more = {}) => ({
  id: run,
  kind: 'agent',
  agent: { name: 'Teacher', model: null },
  task: 'Explain leaves',
  by: bob.id,
  state: 'proposed',
  rank,
  proposedAt: at(sequence),
  queuedAt: at(sequence),
  text: '',
  ...more,
});
const approval = (sequence, run, isEdited, more = {}) => [
  event(sequence, 'run.approved', { isEdited }, { run, by: ada.id }),
  event(
    sequence + 1,
    'run.queued',
    { kind: 'agent', agent: { name: 'Teacher', model: null }, task: 'Explain leaves', position: 0, ...more },
    { run, by: bob.id },
  ),
];
const approved = (run, first, queued, more = {}) => {
  const { rank, ...rest } = proposal(run, first, 0, { state: 'queued', approvedBy: ada.id, position: 0, queuedAt: at(queued), ...more });
  return rest;
};

write(
  'proposals/approved',
  'A proposal keeps its id and its place in the list of runs when a host approves it.',
  [snapshot(2), events(proposed(3, 'r1', 100), proposed(4, 'r2', 200)), events(...approval(5, 'r1', false))],
  expected(6, { runs: [approved('r1', 3, 6), proposal('r2', 4, 200)] }),
);

write(
  'proposals/edited',
  'What was asked and what is sent are both kept; the supporters and the rank go.',
  [
    snapshot(2),
    events(proposed(3, 'r1', 100, { task: 'Explain leafs', taskLength: 20000 })),
    events(event(4, 'run.supported', {}, { run: 'r1', by: ada.id })),
    events(...approval(5, 'r1', true)),
  ],
  expected(6, { runs: [approved('r1', 3, 6, { asked: { task: 'Explain leafs', taskLength: 20000 } })] }),
);

write(
  'proposals/beyond-the-bound',
  'What was asked for counts with tasks and texts, and goes with the text.',
  [
    snapshot(2),
    events(proposed(3, 'r1', 100, { task: 'Explain leafs' })),
    events(...approval(4, 'r1', true)),
    events(event(6, 'cancelled', { reason: 'requested' }, { run: 'r1', by: ada.id })),
    events(queued(7, 'r2'), chunk(8, 'r2', repeat('ab', 524_270))),
    events(event(9, 'done', digest('ab'.repeat(524_270)), { run: 'r2' })),
  ],
  expected(9, {
    runs: [
      (({ position, text, ...rest }) => rest)(
        approved('r1', 3, 5, { state: 'cancelled', reason: 'requested', cancelledBy: ada.id, endedAt: at(6) }),
      ),
      runState('r2', 7, 'done', {
        lastChunkAt: at(8),
        endedAt: at(9),
        text: repeat('ab', 524_270),
        ...digest('ab'.repeat(524_270)),
      }),
    ],
  }),
);

write(
  'proposals/declined',
  'A declined proposal ends with the reason and who gave it; without a reason it has none.',
  [
    snapshot(2),
    events(proposed(3, 'r1', 100), proposed(4, 'r2', 200)),
    events(
      event(5, 'run.supported', {}, { run: 'r1', by: ada.id }),
      event(6, 'declined', { reason: 'Later' }, { run: 'r1', by: ada.id }),
      event(7, 'declined', { reason: null }, { run: 'r2', by: ada.id }),
    ),
  ],
  expected(7, {
    runs: [
      (({ rank, ...rest }) => rest)(proposal('r1', 3, 0, { state: 'declined', reason: 'Later', declinedBy: ada.id, endedAt: at(6) })),
      (({ rank, ...rest }) => rest)(proposal('r2', 4, 0, { state: 'declined', declinedBy: ada.id, endedAt: at(7) })),
    ],
  }),
);

write(
  'proposals/support',
  'A member supports a proposal once, and may take it back; the list goes with the last.',
  [
    snapshot(2),
    events(proposed(3, 'r1', 100), proposed(4, 'r2', 200), proposed(5, 'r3', 300, { taskLength: 20000 })),
    events(
      event(6, 'run.supported', {}, { run: 'r1', by: ada.id }),
      event(7, 'run.supported', {}, { run: 'r1', by: bob.id }),
      event(8, 'run.supported', {}, { run: 'r1', by: ada.id }),
      event(9, 'run.unsupported', {}, { run: 'r1', by: ada.id }),
      event(10, 'run.unsupported', {}, { run: 'r2', by: ada.id }),
      event(11, 'run.supported', {}, { run: 'r3', by: ada.id }),
      event(12, 'run.unsupported', {}, { run: 'r3', by: ada.id }),
      event(13, 'run.supported', {}, { run: 'r4', by: ada.id }),
    ),
  ],
  expected(13, {
    runs: [
      proposal('r1', 3, 100, { supporters: [bob.id] }),
      proposal('r2', 4, 200),
      proposal('r3', 5, 300, { taskLength: 20000 }),
    ],
  }),
);

write(
  'proposals/placed',
  'A rank is the place of a proposal. A run that is none any more keeps to its queue.',
  [
    snapshot(2, { runs: [proposal('r1', 1, 100, { supporters: [ada.id] })] }),
    events(proposed(3, 'r2', 200), event(4, 'run.placed', { rank: 50 }, { run: 'r2', by: ada.id })),
    events(
      ...approval(5, 'r1', false),
      event(7, 'run.placed', { rank: 10 }, { run: 'r1', by: ada.id }),
      event(8, 'run.supported', {}, { run: 'r1', by: ada.id }),
      event(9, 'run.queued', { position: 3 }, { run: 'r1', by: bob.id }),
      event(10, 'run.placed', {}, { run: 'r2', by: ada.id }),
    ),
  ],
  expected(10, { runs: [approved('r1', 1, 6), proposal('r2', 3, 0)] }),
);

// --- rooms -----------------------------------------------------------------------------------------------------------

write(
  'rooms/renamed',
  'A room is called by its last name.',
  [
    snapshot(2),
    events(event(3, 'room.changed', { name: 'Botany' }, { by: 'm1' }), event(4, 'room.changed', { name: 'Leaves' }, { by: 'm1' })),
  ],
  expected(4, { room: { ...room, name: 'Leaves' } }),
);

const nobody = { id: '', name: '', role: 'viewer', joinedAt: '0001-01-01T00:00:00.000Z', handRaised: false };
const settings = (more = {}) => ({
  locked: false,
  moderated: false,
  viewersMayTalk: true,
  agentsOnly: false,
  archived: false,
  showMoney: 'all',
  fromRoom: [],
  ...more,
});
write(
  'rooms/settings',
  'The newest settings hold. An event without settings leaves them as they are.',
  [
    snapshot(2),
    events(event(3, 'room.changed', { name: 'Biology', settings: settings() })),
    events(
      event(
        4,
        'room.changed',
        { name: 'Biology', settings: settings({ locked: true, retentionSeconds: 7200, fromRoom: ['locked', 'retentionSeconds'] }) },
        { by: ada.id },
      ),
      event(5, 'room.changed', { name: 'Botany' }, { by: ada.id }),
    ),
  ],
  expected(5, {
    room: {
      ...room,
      name: 'Botany',
      settings: settings({ locked: true, retentionSeconds: 7200, fromRoom: ['locked', 'retentionSeconds'] }),
    },
  }),
);

write(
  'rooms/settings-of-another-type',
  'A setting that is missing, or of another type than it should have, has its first value; what is no object is no settings.',
  [
    snapshot(2, { room: { ...room, settings: settings({ moderated: true, fromRoom: ['moderated'] }) } }),
    events(event(3, 'room.changed', { name: 'Biology', settings: [] })),
    events(event(4, 'room.changed', { name: 'Biology', settings: 'locked' })),
    events(
      event(5, 'room.changed', {
        name: 'Biology',
        settings: { locked: 1, archived: true, viewersMayTalk: 'no', retentionSeconds: 1.5, fromRoom: ['archived', 3] },
      }),
    ),
  ],
  expected(5, { room: { ...room, settings: settings({ archived: true, fromRoom: ['archived'] }) } }),
);

write(
  'rooms/fields-of-another-type',
  'A field that is missing, or of another type than it should have, is empty: no event stops the fold.',
  [
    snapshot(2, { messages: [message(2, 'Hello')] }),
    events(
      event(3, 'room.changed', { name: 7 }),
      event(4, 'member.joined', { member: 'Bob' }),
      event(5, 'member.changed', {}),
      event(6, 'member.left', { member: [] }),
    ),
    events(event(7, 'message', { text: null }, { by: 'm1' }), event(8, 'reaction', { emoji: '👍', target: '2' }, { by: 'm1' })),
    events(event(9, 'member.joined', { member: { id: [], joinedAt: 'yesterday' } }), event(10, 'hand.raised', {})),
    events(event(11, 'run.queued', { agent: 'Teacher', task: 1, position: 1.5 }, { run: 'r1' }), event(12, 'chunk', {}, { run: 'r1' })),
    events(event(13, 'error', { code: 5 }, { run: 'r1' })),
  ],
  expected(13, {
    room: { ...room, name: '' },
    members: [ada, nobody],
    messages: [message(2, 'Hello'), message(7, '')],
    runs: [
      {
        id: 'r1',
        kind: 'agent',
        agent: { name: null, model: null },
        task: '',
        state: 'error',
        queuedAt: at(11),
        lastChunkAt: at(12),
        endedAt: at(13),
        text: '',
        error: { code: '', message: '' },
      },
    ],
  }),
);

// --- agents ----------------------------------------------------------------------------------------------------------

const writer = {
  id: 'writer',
  name: 'Writer',
  model: 'gpt-4o',
  systemPrompt: 'You write for children.',
  temperature: 0.7,
  maxTokens: 400,
  maxLoops: 2,
  config: { role: 'worker', mcp_config: { url: 'https://tools.example.org' } },
  presets: [{ title: 'Story', prompt: 'Tell a story' }],
  answersMentions: true,
  secrets: ['llm_api_key', 'mcp_config.authorization_token'],
};
const critic = { id: 'critic', name: 'Critic', model: 'gpt-4o', presets: [], answersMentions: false, secrets: [] };
const agentChanged = (sequence, agent) => event(sequence, 'agent.changed', { agent }, { by: 'm1' });
write(
  'agents/agents',
  'Agents are added in order, changed in their place, and removed; one that comes back comes last.',
  [
    snapshot(2, { agents: [critic] }),
    events(agentChanged(3, writer), agentChanged(4, { ...critic, id: 'editor' })),
    events(agentChanged(5, { ...critic, name: 'Kritiker' }), event(6, 'agent.removed', { agent: { id: 'nobody' } }, { by: 'm1' })),
    events(event(7, 'agent.removed', { agent: { id: 'writer' } }, { by: 'm1' }), agentChanged(8, writer)),
  ],
  expected(8, { agents: [{ ...critic, name: 'Kritiker' }, { ...critic, id: 'editor' }, writer] }),
);

write(
  'agents/fields-of-another-type',
  'A field of an agent that is missing, or of another type than it should have, is empty.',
  [
    snapshot(2),
    events(
      agentChanged(3, {
        id: 'odd',
        name: 5,
        temperature: 'hot',
        maxTokens: 1.5,
        config: [1],
        presets: ['x', { title: 'T' }],
        answersMentions: 'yes',
        secrets: ['llm_api_key', 7],
      }),
      event(4, 'agent.removed', { agent: 'odd' }, { by: 'm1' }),
    ),
  ],
  expected(4, {
    agents: [
      {
        id: 'odd',
        name: '',
        model: '',
        presets: [
          { title: '', prompt: '' },
          { title: 'T', prompt: '' },
        ],
        answersMentions: false,
        secrets: ['llm_api_key'],
      },
    ],
  }),
);

write(
  'agents/run-of-an-agent',
  'A run of an agent of the room has the id of the agent, and one that a mention started has the message that it answers.',
  [
    snapshot(2, { agents: [critic] }),
    events(said(3, '@critic, is this good?'), queued(4, 'r1', { agent: { name: 'Critic', model: 'gpt-4o', id: 'critic' }, message: 3 })),
  ],
  expected(4, {
    agents: [critic],
    messages: [message(3, '@critic, is this good?')],
    runs: [
      runState('r1', 4, 'queued', { agent: { name: 'Critic', model: 'gpt-4o', id: 'critic' }, message: 3, position: 0, text: '' }),
    ],
  }),
);

// --- money -----------------------------------------------------------------------------------------------------------

const figures = (key, more = {}) => ({
  ...(key === undefined ? {} : { key }),
  runs: 1,
  inputTokens: 10,
  outputTokens: 20,
  totalTokens: 30,
  cost: '0.1',
  unknownTokens: 0,
  unknownCosts: 0,
  heldTokens: 0,
  heldCost: null,
  ...more,
});
const twice = { runs: 2, inputTokens: 20, outputTokens: 40, totalTokens: 60, cost: '0.3' };
const unknown = {
  inputTokens: 0,
  outputTokens: 0,
  totalTokens: 0,
  cost: null,
  unknownTokens: 1,
  unknownCosts: 1,
  heldTokens: 500,
  heldCost: '0.02',
};

write(
  'money/spending',
  'The sums are those of the last event, row by row, in order of the first. A row without a key is a row. The totals are never added up.',
  [
    snapshot(2),
    events(
      event(3, 'spending', { run: 'r1', total: figures(), member: figures('m1'), agent: figures('Teacher'), model: figures('gpt-4o') }),
      event(4, 'spending', {
        run: 'r2',
        total: figures(undefined, twice),
        member: figures('m2'),
        agent: figures('Teacher', twice),
        model: figures(undefined),
      }),
    ),
    events(
      event(5, 'spending', {
        run: 'r3',
        total: figures(undefined, { ...twice, runs: 3, unknownTokens: 1, unknownCosts: 1, heldTokens: 500, heldCost: '0.02' }),
        member: figures('m3', unknown),
        agent: figures('Critic', unknown),
        model: figures('gpt-4o', { runs: 2, unknownTokens: 1, unknownCosts: 1, heldTokens: 500, heldCost: '0.02' }),
      }),
      event(6, 'budget.warned', { scope: 'room', percent: 80, spentCost: '0.32', limitCost: '0.4' }),
    ),
  ],
  expected(6, {
    spending: {
      total: figures(undefined, { ...twice, runs: 3, unknownTokens: 1, unknownCosts: 1, heldTokens: 500, heldCost: '0.02' }),
      members: [figures('m1'), figures('m2'), figures('m3', unknown)],
      agents: [figures('Teacher', twice), figures('Critic', unknown)],
      models: [figures('gpt-4o', { runs: 2, unknownTokens: 1, unknownCosts: 1, heldTokens: 500, heldCost: '0.02' }), figures(undefined)],
    },
  }),
);

write(
  'money/without-costs',
  'Who may not see money gets the same events without costs, and holds the same state without them.',
  [
    snapshot(2, { room: { ...room, settings: settings({ showMoney: 'hosts', budget: { roomTokens: 1000 }, fromRoom: ['budget', 'showMoney'] }) } }),
    events(queued(3, 'r1', { reserved: { tokens: 200 } }), started(4, 'r1')),
    events(event(5, 'usage', { ...usage, cost: null }, { run: 'r1' }), done(6, 'r1', '')),
    events(
      event(7, 'spending', {
        run: 'r1',
        total: figures(undefined, { cost: null }),
        member: figures('m1', { cost: null }),
        agent: figures('Teacher', { cost: null }),
        model: figures('gpt-4o', { cost: null }),
      }),
    ),
  ],
  expected(7, {
    room: { ...room, settings: settings({ showMoney: 'hosts', budget: { roomTokens: 1000 }, fromRoom: ['budget', 'showMoney'] }) },
    runs: [
      runState('r1', 3, 'done', {
        reserved: { tokens: 200 },
        startedAt: at(4),
        endedAt: at(6),
        text: '',
        usage: { ...usage, cost: null },
        ...digest(''),
      }),
    ],
    spending: {
      total: figures(undefined, { cost: null }),
      members: [figures('m1', { cost: null })],
      agents: [figures('Teacher', { cost: null })],
      models: [figures('gpt-4o', { cost: null })],
    },
  }),
);

const budget = {
  roomCost: '5',
  roomTokens: 100000,
  memberCost: '0.5',
  memberTokens: 5000,
  modelCost: '2.25',
  modelTokens: 50000,
  memberRunsPerHour: 10,
  parallelRuns: 2,
  maxTokens: 500,
  models: ['gpt-4o', 'gpt-4o-mini'],
  hardStop: true,
};
write(
  'money/budget',
  'The newest budget holds as a whole; a field of another type has no limit. A run holds what was reserved for it, also after a proposal.',
  [
    snapshot(2),
    events(event(3, 'room.changed', { name: 'Biology', settings: settings({ budget, fromRoom: ['budget'] }) }, { by: 'm1' })),
    events(
      event(
        4,
        'run.proposed',
        { kind: 'agent', agent: { name: 'Teacher', model: 'gpt-4o' }, task: 'Explain leaves', rank: 1 },
        { run: 'r1', by: 'm1' },
      ),
      event(5, 'run.approved', { isEdited: false }, { run: 'r1', by: 'm1' }),
      queued(6, 'r1', { reserved: { tokens: 500, estimatedCost: '0.01' } }),
    ),
    events(
      event(7, 'room.changed', {
        name: 'Biology',
        settings: settings({ showMoney: 7, budget: { roomCost: 5, roomTokens: '9', models: 'gpt-4o', parallelRuns: 3, hardStop: 1 } }),
      }),
    ),
  ],
  expected(7, {
    room: { ...room, settings: settings({ budget: { parallelRuns: 3 } }) },
    runs: [
      runState('r1', 6, 'queued', {
        approvedBy: 'm1',
        proposedAt: at(4),
        reserved: { tokens: 500, estimatedCost: '0.01' },
        position: 0,
        text: '',
      }),
    ],
  }),
);
