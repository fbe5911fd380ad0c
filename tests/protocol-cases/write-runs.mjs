// Writes the cases of threads, groups and lanes in fold/. Expected values are written by hand: nothing here folds.
import { at, bob, ada, chunk, digest, done, event, events, expected, queued, room, runState, snapshot, started, writeCase } from './words.mjs';

function write(name, description, frames, expectedState) {
  writeCase('fold', name, { description, frames, expected: expectedState, expectedMismatches: [] });
}

const ended = (id, queuedAt, text, more = {}) =>
  runState(id, queuedAt, 'done', { startedAt: at(queuedAt + 1), lastChunkAt: at(queuedAt + 2), endedAt: at(queuedAt + 3), text, ...digest(text), ...more });
const whole = (sequence, id, text, more) => [
  queued(sequence, id, more),
  started(sequence + 1, id),
  chunk(sequence + 2, id, text),
  done(sequence + 3, id, text),
];

// --- tool calls and reasoning ------------------------------------------------------------------------------------------

const call = (sequence, name, args, more = {}) => event(sequence, 'tool_call', { id: `c${sequence}`, name, arguments: args, ...more }, { run: 'r1' });
const longArguments = 'x'.repeat(3999) + '\ud83e\udd8a and more';
write(
  'runs/tool-calls',
  'Reasoning is counted and is no text, tool calls are kept with arguments of at most 4,000 units, and the reason of the stop stays.',
  [
    snapshot(2),
    events(
      queued(3, 'r1'),
      started(4, 'r1'),
      event(5, 'metadata', { jobId: 'j1', name: 'Poet' }, { run: 'r1' }),
      event(6, 'reasoning', { content: 'Hm\ud83e\udd8a' }, { run: 'r1' }),
      event(7, 'reasoning', { content: 7 }, { run: 'r1' }),
      chunk(8, 'r1', 'Look: '),
      call(9, 'clock', '{}'),
      call(10, 'notes', longArguments, { agent: 'Poet' }),
      event(11, 'tool_call', { name: 3 }, { run: 'r1' }),
      event(12, 'metadata', { jobId: 'j1', name: 'Poet', finishReason: 'tool_calls' }, { run: 'r1' }),
      done(13, 'r1', 'Look: '),
    ),
  ],
  expected(13, {
    runs: [
      runState('r1', 3, 'done', {
        startedAt: at(4),
        lastChunkAt: at(8),
        endedAt: at(13),
        jobId: 'j1',
        finishReason: 'tool_calls',
        reasoningLength: 4,
        toolCalls: [
          { id: 'c9', name: 'clock', arguments: '{}' },
          { id: 'c10', name: 'notes', arguments: 'x'.repeat(3999), agent: 'Poet' },
          { name: '', arguments: '' },
        ],
        text: 'Look: ',
        ...digest('Look: '),
      }),
    ],
  }),
);

const manyCalls = Array.from({ length: 34 }, (_, index) => call(5 + index, `tool${index}`, '{}'));
write(
  'runs/many-tool-calls',
  'Of the tool calls of one run the first 32 are kept.',
  [snapshot(2), events(queued(3, 'r1'), started(4, 'r1'), ...manyCalls)],
  expected(38, {
    runs: [
      runState('r1', 3, 'running', {
        startedAt: at(4),
        toolCalls: manyCalls.slice(0, 32).map(({ data }) => data),
        text: '',
      }),
    ],
  }),
);

// --- threads ---------------------------------------------------------------------------------------------------------

const second = { root: 'r1', turn: 2, continues: 'r1', include: { since: 2 } };
const retried = { root: 'r1', turn: 2, continues: 'r1', supersedes: 'r2', include: { messages: [2, 3] } };
const third = { root: 'r1', turn: 3, continues: 'r3', attempt: 2 };
const history = { turns: 1, omittedTurns: 0, messages: 2, omittedMessages: 1, bytes: 120 };
write(
  'threads/thread',
  'A run continues another one and takes messages along, a sibling supersedes it, and a third turn goes on from the sibling.',
  [
    snapshot(2),
    events(...whole(3, 'r1', 'One.')),
    events(
      queued(7, 'r2', { thread: second }),
      event(8, 'run.started', { history }, { run: 'r2' }),
      chunk(9, 'r2', 'Two.'),
      done(10, 'r2', 'Two.'),
    ),
    events(
      queued(11, 'r3', { thread: retried }),
      started(12, 'r3'),
      chunk(13, 'r3', 'Tw'),
      event(14, 'interrupted', { reason: 'hub_crashed' }, { run: 'r3' }),
    ),
    events(queued(15, 'r4', { thread: third })),
  ],
  expected(15, {
    runs: [
      ended('r1', 3, 'One.'),
      ended('r2', 7, 'Two.', { thread: second, history }),
      runState('r3', 11, 'interrupted', {
        thread: retried,
        startedAt: at(12),
        lastChunkAt: at(13),
        endedAt: at(14),
        reason: 'hub_crashed',
        text: 'Tw',
      }),
      runState('r4', 15, 'queued', { thread: third, position: 0, text: '' }),
    ],
  }),
);

write(
  'threads/removed-turn',
  'A removed turn keeps its place in the thread, and a proposal has its place before it is queued.',
  [
    snapshot(2),
    events(...whole(3, 'r1', 'One.')),
    events(...whole(7, 'r2', 'Two.', { thread: { root: 'r1', turn: 2, continues: 'r1' } })),
    events(event(11, 'run.removed', { run: 'r2', kind: 'agent', textLength: 4 }, { by: 'm1' })),
    events(
      event(
        12,
        'run.proposed',
        { kind: 'agent', agent: { name: 'Teacher', model: 'gpt-4o' }, task: 'Explain leaves', rank: 1, thread: { root: 'r1', turn: 2, continues: 'r1' } },
        { run: 'r3', by: 'm1' },
      ),
    ),
  ],
  expected(12, {
    runs: [
      ended('r1', 3, 'One.'),
      {
        id: 'r2',
        kind: 'agent',
        agent: { name: null, model: null },
        task: '',
        by: 'm1',
        thread: { root: 'r1', turn: 2, continues: 'r1' },
        state: 'done',
        queuedAt: at(7),
        startedAt: at(8),
        lastChunkAt: at(9),
        endedAt: at(10),
        removedBy: 'm1',
        removedAt: at(11),
        textLength: 4,
      },
      runState('r3', 12, 'proposed', {
        thread: { root: 'r1', turn: 2, continues: 'r1' },
        rank: 1,
        proposedAt: at(12),
        text: '',
      }),
    ],
  }),
);

write(
  'threads/fields-of-another-type',
  'A thread without a root is none, and what has another type is left out. A history without figures has zeros.',
  [
    snapshot(2),
    events(
      queued(3, 'r1', { thread: { turn: 2, continues: 'r0' }, group: { number: 1 }, hold: { seconds: 5 } }),
      event(4, 'run.started', { history: { turns: '1' } }, { run: 'r1' }),
    ),
    events(
      queued(5, 'r2', {
        thread: { root: 'r1', turn: 'two', continues: 1, include: { since: 'now', messages: [1, 'x', 2.5, 4] } },
        group: { id: 'g1' },
        hold: { lane: 'l1', seconds: 'five' },
      }),
      event(6, 'run.started', { history: [] }, { run: 'r2' }),
    ),
  ],
  expected(6, {
    runs: [
      runState('r1', 3, 'running', {
        history: { turns: 0, omittedTurns: 0, messages: 0, omittedMessages: 0, bytes: 0 },
        startedAt: at(4),
        text: '',
      }),
      runState('r2', 5, 'running', {
        thread: { root: 'r1', turn: 1, include: { messages: [1, 4] } },
        group: { id: 'g1', number: 0 },
        hold: { lane: 'l1' },
        startedAt: at(6),
        text: '',
      }),
    ],
  }),
);

// --- groups ----------------------------------------------------------------------------------------------------------

const nobody = { name: null, model: null };
const vote = (sequence, run, by, group = 'g1') => event(sequence, 'group.voted', { group, run }, { by });
const blind = [
  event(3, 'group.started', { group: 'g1', isBlind: true, runs: ['r1', 'r2'] }, { by: 'm1' }),
  queued(4, 'r1', { agent: nobody, group: { id: 'g1', number: 1 } }),
  queued(5, 'r2', { agent: nobody, group: { id: 'g1', number: 2 } }),
];
const ran = [
  started(6, 'r1'),
  started(7, 'r2'),
  chunk(8, 'r1', 'Green.'),
  chunk(9, 'r2', 'Gr'),
  done(10, 'r1', 'Green.'),
  event(11, 'error', { code: 'upstream_error', message: 'Hidden until the group is revealed.' }, { run: 'r2' }),
];
const hiddenRuns = [
  runState('r1', 4, 'done', {
    agent: nobody,
    group: { id: 'g1', number: 1 },
    startedAt: at(6),
    lastChunkAt: at(8),
    endedAt: at(10),
    text: 'Green.',
    ...digest('Green.'),
  }),
  runState('r2', 5, 'error', {
    agent: nobody,
    group: { id: 'g1', number: 2 },
    startedAt: at(7),
    lastChunkAt: at(9),
    endedAt: at(11),
    error: { code: 'upstream_error', message: 'Hidden until the group is revealed.' },
    text: 'Gr',
  }),
];
const group = { id: 'g1', by: 'm1', startedAt: at(3), isBlind: true, runs: ['r1', 'r2'] };
write(
  'groups/votes',
  'A member has one vote: a later one replaces it, and one without a run takes it back. Votes for runs of other groups, or without a member, are none.',
  [
    snapshot(2, { members: [ada, bob] }),
    events(...blind, ...ran),
    events(vote(12, 'r1', 'm1'), vote(13, 'r1', 'm2'), vote(14, 'r2', 'm1')),
    events(vote(15, 'r9', 'm1'), vote(16, 'r1', undefined), vote(17, 'r1', 'm1', 'g9')),
    events(vote(18, undefined, 'm2'), vote(19, 'r2', 'm2')),
  ],
  expected(19, { members: [ada, bob], runs: hiddenRuns, groups: [{ ...group, votes: [{ run: 'r2', by: ['m1', 'm2'] }] }] }),
);

const usage = { inputTokens: 12, outputTokens: 34, totalTokens: 46, cost: 0.00123 };
const revealedRuns = [
  { run: 'r1', agent: { name: 'Teacher', model: 'gpt-4o', id: 'teacher' }, reserved: { tokens: 500 }, jobId: 'job-1', usage },
  { run: 'r2', kind: 'swarm', agent: { name: 'Poet', model: 'gpt-4o-mini' }, error: { code: 'upstream_error', message: 'No such model.' } },
  { run: 'r9', agent: { name: 'Nobody', model: null } },
];
write(
  'groups/revealed',
  'A host reveals a blind group: agents, usage and errors come, and the votes become results. A vote after that changes nothing.',
  [
    snapshot(2, { members: [ada, bob] }),
    events(...blind, ...ran, vote(12, 'r1', 'm2')),
    events(
      event(13, 'group.revealed', { group: 'g1', results: [{ run: 'r1', votes: 1 }, { run: 'r2', votes: 0 }], runs: revealedRuns }, { by: 'm1' }),
      vote(14, 'r2', 'm2'),
    ),
  ],
  expected(14, {
    members: [ada, bob],
    runs: [
      { ...hiddenRuns[0], agent: revealedRuns[0].agent, reserved: { tokens: 500 }, jobId: 'job-1', usage },
      { ...hiddenRuns[1], kind: 'swarm', agent: revealedRuns[1].agent, error: revealedRuns[1].error },
    ],
    groups: [
      { ...group, votes: [], results: [{ run: 'r1', votes: 1 }, { run: 'r2', votes: 0 }], revealedBy: 'm1', revealedAt: at(13) },
    ],
  }),
);

write(
  'groups/removed-and-revealed-again',
  'A removed run is not revealed. Its group is revealed anew without it, and keeps who revealed it first.',
  [
    snapshot(2, { members: [ada, bob] }),
    events(...blind, ...ran),
    events(event(12, 'group.revealed', { erased: 14 }, { by: 'm1' })),
    events(
      event(13, 'run.removed', { run: 'r1', kind: 'agent', textLength: 6 }, { by: 'm2' }),
      event(14, 'group.revealed', { group: 'g1', results: [{ run: 'r2', votes: 0 }], runs: revealedRuns.slice(0, 2) }, { by: 'm2' }),
    ),
  ],
  expected(14, {
    members: [ada, bob],
    runs: [
      {
        id: 'r1',
        kind: 'agent',
        agent: nobody,
        task: '',
        by: 'm1',
        group: { id: 'g1', number: 1 },
        state: 'done',
        queuedAt: at(4),
        startedAt: at(6),
        lastChunkAt: at(8),
        endedAt: at(10),
        removedBy: 'm2',
        removedAt: at(13),
        textLength: 6,
      },
      { ...hiddenRuns[1], kind: 'swarm', agent: revealedRuns[1].agent, error: revealedRuns[1].error },
    ],
    groups: [{ ...group, votes: [], results: [{ run: 'r2', votes: 0 }], revealedBy: 'm2', revealedAt: at(14) }],
  }),
);

write(
  'groups/former-voter',
  'A former member whom a group names is kept, until a host reveals the group.',
  [
    snapshot(2, { members: [ada, bob] }),
    events(...blind, ...ran, vote(12, 'r1', 'm2'), event(13, 'member.left', { member: { id: 'm2' }, reason: 'left' }, { by: 'm2' })),
  ],
  expected(13, {
    formerMembers: [{ id: 'm2', name: 'Bob', joinedAt: at(3) }],
    runs: hiddenRuns,
    groups: [{ ...group, votes: [{ run: 'r1', by: ['m2'] }] }],
  }),
);

// --- lanes -----------------------------------------------------------------------------------------------------------

const hold = { lane: 'l1', seconds: 5 };
write(
  'lanes/masked',
  'A passage that a host masked is missing in the text, at its place; two of them with nothing between are one. The digest is that of the text.',
  [
    snapshot(2),
    events(
      queued(3, 'r1', { hold }),
      started(4, 'r1'),
      chunk(5, 'r1', 'Call '),
      event(6, 'masked', { length: 4 }, { run: 'r1' }),
      event(7, 'masked', { length: 2, agent: 'Teacher' }, { run: 'r1' }),
      chunk(8, 'r1', ' now'),
      event(9, 'masked', { length: 1 }, { run: 'r1' }),
      done(10, 'r1', 'Call  now'),
    ),
  ],
  expected(10, {
    runs: [
      runState('r1', 3, 'done', {
        hold,
        startedAt: at(4),
        lastChunkAt: at(8),
        endedAt: at(10),
        text: 'Call  now',
        masks: [
          { at: 5, length: 6 },
          { at: 9, length: 1 },
        ],
        ...digest('Call  now'),
      }),
    ],
  }),
);

const laneRoom = { ...room, id: 'l1', lane: { room: 'room1', run: 'r1' } };
const masked = (sequence, start, end) => event(sequence, 'lane.masked', { start, end }, { by: 'm1' });
write(
  'lanes/lane',
  'In a lane, passages that touch become one, one without a length is none, and the furthest release counts.',
  [
    snapshot(2, { room: laneRoom, members: [] }),
    events(queued(3, 'l1'), started(4, 'l1'), chunk(5, 'l1', 'Call 112 now, or later')),
    events(masked(6, 10, 12), masked(7, 5, 8), masked(8, 18, 20), masked(9, 12, 14), masked(10, 4, 5), masked(11, 3, 3), masked(12, 9, 2)),
    events(
      event(13, 'lane.released', { to: 9 }, { by: 'm1' }),
      event(14, 'lane.released', { to: 4 }, { by: 'm1' }),
      event(15, 'lane.released', { to: 'all' }, { by: 'm1' }),
    ),
  ],
  expected(15, {
    room: laneRoom,
    members: [],
    runs: [
      runState('l1', 3, 'running', {
        startedAt: at(4),
        lastChunkAt: at(5),
        text: 'Call 112 now, or later',
        masked: [
          { start: 4, end: 8 },
          { start: 10, end: 14 },
          { start: 18, end: 20 },
        ],
        releasedTo: 9,
      }),
    ],
  }),
);
