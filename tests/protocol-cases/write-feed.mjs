// Writes feed/: conversations between a hub and a program that watches a room.
import {
  ada,
  at,
  chunk,
  clear,
  count,
  cursor,
  digest,
  done,
  event,
  events,
  message,
  queued,
  resumed,
  room,
  runState,
  said,
  snapshot,
  started,
  writeCase,
} from './words.mjs';

clear('feed');

const words = sequence => `message ${sequence}`;
const saying = (from, to = from, history = 'h1') => ({
  ...events(...count(from, to, sequence => said(sequence, words(sequence)))),
  cursor: cursor(to, history),
});
const messages = (...sequences) => sequences.map(sequence => message(sequence, words(sequence)));
const stateWith = (more = {}) => ({ room, members: [ada], formerMembers: [], runs: [], messages: [], agents: [], groups: [], ...more });

// Steps of the hub.
const watched = (from = null) => ({ watched: from });
const sends = (...frames) => ({ sends: frames });
const refuses = (code, message) => ({ refuses: { code, message } });
const closes = (code, reason) => ({ closes: { code, reason } });
const cuts = { cuts: true };
const left = { left: true };

// Steps of the program.
const handed = (...updates) => ({ handed: updates });
const ends = (code, message) => ({ ends: code === undefined ? null : { code, message } });

// Updates.
const state = (connectionState, code, message) => ({
  connectionState,
  ...(code === undefined ? {} : { code }),
  ...(message === undefined ? {} : { message }),
});
const lost = state('reconnecting', 'hub_unreachable');
const catchingUp = state('catchingUp');
const live = state('live');
const first = { snapshot: 'first' };
const isResumed = { resumed: true };
const heard = (...sequences) => ({ events: sequences });

/** A program that is live at 2. */
const opened = [watched(), sends(snapshot(2)), handed(catchingUp, first, live)];
/** A program that is live at 4, by events. */
const openedAt4 = [...opened, sends(saying(3, 4)), handed(heard(3, 4))];

function write(name, description, steps, more = {}) {
  // A hub that refuses from the beginning does so before the program begins.
  const { length } = 'shuts' in steps[0] ? [steps[0]] : [];
  writeCase('feed', name, { description, ...more, steps: [...steps.slice(0, length), { program: 'watches' }, ...steps.slice(length)] });
}

// --- connections -----------------------------------------------------------------------------------------------------

write(
  'connections/first',
  'A stream begins with a snapshot, which makes the room live, and goes on with events.',
  [...opened, sends(saying(3, 4), saying(5)), handed(heard(3, 4), heard(5))],
  { state: stateWith({ messages: messages(3, 4, 5) }) },
);

write(
  'connections/cut',
  'A connection that broke is made again and resumed at the cursor of the last frame.',
  [
    ...openedAt4,
    cuts,
    handed(lost),
    watched('h1:4'),
    handed(catchingUp),
    sends(resumed(4)),
    handed(isResumed, live),
    sends(saying(5)),
    handed(heard(5)),
  ],
  { state: stateWith({ messages: messages(3, 4, 5) }) },
);

write('connections/cut-before-the-first-frame', 'A connection that broke before it brought anything is made again without a cursor.', [
  watched(),
  handed(catchingUp),
  cuts,
  handed(lost),
  watched(),
  sends(snapshot(2)),
  handed(catchingUp, first, live),
]);

write('connections/cut-before-any-event', 'A connection that broke behind its snapshot is resumed at that snapshot.', [
  ...opened,
  cuts,
  handed(lost),
  watched('h1:2'),
  sends(resumed(2), saying(3)),
  handed(catchingUp, isResumed, live, heard(3)),
]);

write(
  'connections/cut-again-and-again',
  'Connections that break after each frame hand over every event once, and the room is never offline.',
  [
    ...opened,
    ...count(3, 8, n => [
      cuts,
      handed(lost),
      watched(cursor(n - 1)),
      sends(resumed(n - 1), saying(n)),
      handed(catchingUp, isResumed, live, heard(n)),
    ]).flat(),
  ],
  { state: stateWith({ messages: messages(3, 4, 5, 6, 7, 8) }) },
);

write('connections/completed', 'A stream that the hub ends without a word is resumed.', [
  ...openedAt4,
  { completes: true },
  handed(state('reconnecting')),
  watched('h1:4'),
  sends(resumed(4)),
  handed(catchingUp, isResumed, live),
]);

write('connections/silent', 'A connection on which nothing is heard, no ping either, is given up by the client itself and resumed.', [
  ...openedAt4,
  { silences: true },
  handed(lost),
  watched('h1:4'),
  sends(resumed(4), saying(5)),
  handed(catchingUp, isResumed, live, heard(5)),
]);

write(
  'connections/offline',
  'A browser that loses its network asks the hub. Where that is silent, the room is offline until the network is back.',
  [
    ...openedAt4,
    { silences: true },
    { network: 'offline' },
    handed(state('offline', 'hub_unreachable')),
    { network: 'online' },
    watched('h1:4'),
    sends(resumed(4)),
    handed(catchingUp, isResumed, live),
  ],
  { platform: 'browser' },
);

write(
  'connections/offline-and-answered',
  'Where the hub answers, the room stays live: it may run on the same machine.',
  [
    ...openedAt4,
    { network: 'offline' },
    sends(saying(5)),
    handed(heard(5)),
    { network: 'online' },
    sends(saying(6)),
    handed(heard(6)),
    { shows: 'live' },
  ],
  { platform: 'browser' },
);

write('connections/catching-up', 'The room is live when all that was missed was handed over, which `head` tells, and no sooner.', [
  ...opened,
  cuts,
  handed(lost),
  watched('h1:2'),
  sends(resumed(2, 6), saying(3, 4)),
  handed(catchingUp, isResumed, heard(3, 4)),
  { shows: 'catchingUp' },
  sends(saying(5), saying(6, 8), saying(9)),
  handed(heard(5), heard(6, 7, 8), live, heard(9)),
]);

write('connections/catching-up-and-cut', 'A connection that breaks while it catches up says what was missed anew.', [
  ...opened,
  cuts,
  handed(lost),
  watched('h1:2'),
  sends(resumed(2, 6), saying(3, 4)),
  handed(catchingUp, isResumed, heard(3, 4)),
  cuts,
  handed(lost),
  watched('h1:4'),
  sends(resumed(4, 8), saying(5, 6), saying(7, 8), saying(9)),
  handed(catchingUp, isResumed, heard(5, 6), heard(7, 8), live, heard(9)),
]);

write('connections/no-head', 'Where an older hub does not say what was missed, the room is live at once.', [
  ...opened,
  cuts,
  handed(lost),
  watched('h1:2'),
  sends({ kind: 'resumed', cursor: 'h1:2' }, saying(3)),
  handed(catchingUp, isResumed, live, heard(3)),
]);

write('connections/starting', 'A hub that refuses connections because it is starting is called until it is ready, and resumed.', [
  ...openedAt4,
  { shuts: { status: 503, code: 'starting', message: 'The hub is starting.' } },
  cuts,
  handed(lost),
  handed(state('offline', 'starting', 'The hub is starting.')),
  { opens: true },
  watched('h1:4'),
  sends(resumed(4)),
  handed(catchingUp, isResumed, live),
]);

write('connections/starting-at-first', 'A hub that is starting when the program is gets its program all the same.', [
  { shuts: { status: 503, code: 'starting', message: 'The hub is starting.', retryAfter: 1 } },
  handed(catchingUp, state('reconnecting', 'starting', 'The hub is starting.'), state('offline', 'starting', 'The hub is starting.')),
  { opens: true },
  watched(),
  sends(snapshot(2)),
  handed(catchingUp, first, live),
]);

write(
  'connections/refused-by-something-else',
  "A status without a code of the hub's is the word of something before it: a proxy ends no room.",
  [
    ...openedAt4,
    { shuts: { status: 404 } },
    cuts,
    handed(lost),
    handed(state('offline', 'hub_unreachable')),
    { opens: true },
    watched('h1:4'),
    sends(resumed(4)),
    handed(catchingUp, isResumed, live),
  ],
);

write('connections/draining', "A hub that stops is left at this viewer's turn, and the stream resumed elsewhere.", [
  ...openedAt4,
  { drains: 0 },
  left,
  handed(state('reconnecting')),
  watched('h1:4'),
  sends(resumed(4)),
  handed(catchingUp, isResumed, live),
]);

write('connections/draining-and-gone', "A hub that stops and is gone before this viewer's turn is no failure.", [
  ...openedAt4,
  { drains: 1 },
  cuts,
  handed(lost),
  watched('h1:4'),
  sends(resumed(4)),
  handed(catchingUp, isResumed, live),
]);

write('connections/stalled', 'A connection that the hub closed because its viewer did not read is made again at once and resumed.', [
  ...openedAt4,
  closes(4408, 'The viewer did not read.'),
  handed(state('reconnecting', 'stalled', 'The viewer did not read.')),
  watched('h1:4'),
  sends(resumed(4)),
  handed(catchingUp, isResumed, live),
]);

write('connections/closed-while-draining', 'A connection that a stopping hub closed is made again.', [
  ...openedAt4,
  closes(4503, 'The hub is stopping.'),
  handed(state('reconnecting', 'draining', 'The hub is stopping.')),
  watched('h1:4'),
  sends(resumed(4)),
  handed(catchingUp, isResumed, live),
]);

write('connections/closed-with-a-strange-code', 'A close code that is in no table is a lost connection.', [
  ...openedAt4,
  closes(4999, 'Nobody knows.'),
  handed(lost),
  watched('h1:4'),
  sends(resumed(4)),
  handed(catchingUp, isResumed, live),
]);

// --- endings ---------------------------------------------------------------------------------------------------------

const final = [
  ['removed', 'unauthenticated', 'This token is no longer valid.', 'A member who was removed is told, and not let in again.'],
  ['deleted', 'not_found', 'The room was deleted.', 'A room that was deleted ends.'],
  ['forbidden', 'forbidden', 'Viewers may not watch.', 'A role that may not watch ends the watch.'],
];
for (const [name, code, message, description] of final)
  write(
    `endings/${name}`,
    description,
    [...openedAt4, refuses(code, message), handed(state('ended', code, message)), ends(code, message), { shows: 'ended' }],
    { state: stateWith({ messages: messages(3, 4) }) },
  );

for (const [name, close, code, message] of [
  ['closed-as-unauthenticated', 4401, 'unauthenticated', 'This token is no longer valid.'],
  ['closed-as-forbidden', 4403, 'forbidden', 'Not any more.'],
  ['closed-as-deleted', 4404, 'not_found', 'The room was deleted.'],
])
  write(`endings/${name}`, 'The close code of a WebSocket is as final as the word of a stream.', [
    ...openedAt4,
    closes(close, message),
    handed(state('ended', code, message)),
    ends(code, message),
    { shows: 'ended' },
  ]);

write('endings/refused-at-the-door', 'A connection that is refused is asked about over HTTP, because a WebSocket does not say why.', [
  { shuts: { status: 401, code: 'unauthenticated', message: 'No valid token.' } },
  handed(catchingUp, state('ended', 'unauthenticated', 'No valid token.')),
  ends('unauthenticated', 'No valid token.'),
  { shows: 'ended' },
]);

write('endings/refused-while-away', 'A member who was removed while the connection was away is told when it comes back.', [
  ...openedAt4,
  { shuts: { status: 404, code: 'not_found', message: 'No such room.' } },
  cuts,
  handed(lost, state('ended', 'not_found', 'No such room.')),
  ends('not_found', 'No such room.'),
]);

write('endings/room-id-invalid', "What is invalid without a cursor is the room's id: asking again would not help.", [
  watched(),
  handed(catchingUp),
  refuses('invalid', 'That is no id.'),
  handed(state('ended', 'invalid', 'That is no id.')),
  ends('invalid', 'That is no id.'),
]);

for (const [code, message] of [
  ['starting', 'The hub is starting.'],
  ['storage_unavailable', 'The disk is full.'],
  ['draining', 'The hub is stopping.'],
  ['internal', 'The hub failed.'],
  ['rate_limited', 'Too many connections.'],
  ['something_of_later', 'Nobody knows it yet.'],
])
  write(
    `endings/${code.replaceAll('_', '-')}-is-waited-out`,
    'Trouble that passes, and a code that this version does not know, are waited out.',
    [
      ...openedAt4,
      refuses(code, message),
      handed(state('reconnecting', code, message)),
      watched('h1:4'),
      sends(resumed(4)),
      handed(catchingUp, isResumed, live),
    ],
  );

// --- frames ----------------------------------------------------------------------------------------------------------

/** The client lets go of the stream, and asks for a snapshot. */
const mended = (...more) => [
  left,
  handed(state('reconnecting')),
  watched(),
  sends(snapshot(6), saying(7)),
  handed(catchingUp, first, live, heard(7)),
  ...more,
];
for (const [name, description, frame] of [
  ['repeated', 'Events that were handed over before are not handed over again: a snapshot is asked for.', saying(4, 5)],
  ['gap', 'A gap between frames is not passed over.', saying(6)],
  ['gap-inside', 'A gap inside a frame is not passed over.', { ...events(said(5, 'five'), said(7, 'seven')), cursor: 'h1:7' }],
  ['twice-inside', 'One event twice inside a frame is none of a log.', { ...events(said(5, 'five'), said(5, 'five')), cursor: 'h1:5' }],
  ['no-events', 'A frame of events has at least one.', { kind: 'events', cursor: 'h1:5', events: [] }],
  ['resumed-in-mid-stream', 'Only the first frame of a stream may resume.', resumed(4)],
  ['snapshot-of-no-room', 'A snapshot has a room.', { kind: 'snapshot', reason: 'behind', cursor: 'h1:5' }],
  ['not-a-frame', 'What is no frame ends the stream.', { kind: 7 }],
])
  write(`frames/${name}`, description, [...openedAt4, sends(frame), ...mended()]);

write('frames/events-first', 'A stream does not begin with events.', [
  watched(),
  handed(catchingUp),
  sends(saying(1, 2)),
  left,
  handed(state('reconnecting')),
  watched(),
  sends(snapshot(2)),
  handed(catchingUp, first, live),
]);

write('frames/resumed-without-a-cursor', 'A stream that was opened without a cursor is not resumed.', [
  watched(),
  handed(catchingUp),
  sends(resumed(2)),
  left,
  handed(state('reconnecting')),
  watched(),
  sends(snapshot(2)),
  handed(catchingUp, first, live),
]);

write('frames/resumed-elsewhere', 'A stream is resumed at the cursor that was given, and nowhere else.', [
  ...openedAt4,
  cuts,
  handed(lost),
  watched('h1:4'),
  sends(resumed(3)),
  left,
  handed(catchingUp, state('reconnecting')),
  watched(),
  sends(snapshot(6)),
  handed(catchingUp, first, live),
]);

write('frames/resumed-in-another-history', 'A cursor of another history is another cursor, at the same sequence too.', [
  ...openedAt4,
  cuts,
  handed(lost),
  watched('h1:4'),
  sends({ kind: 'resumed', cursor: 'h2:4', head: 4 }),
  left,
  handed(catchingUp, state('reconnecting')),
  watched(),
  sends(snapshot(6)),
  handed(catchingUp, first, live),
]);

write('frames/cursor-invalid', 'A cursor that the hub finds invalid is given up: the next stream begins with a snapshot.', [
  ...openedAt4,
  cuts,
  handed(lost),
  watched('h1:4'),
  refuses('invalid', 'The cursor is none.'),
  handed(catchingUp, state('reconnecting', 'invalid', 'The cursor is none.')),
  watched(),
  sends(snapshot(6)),
  handed(catchingUp, first, live),
]);

write('frames/unknown-kinds', 'Kinds of a later hub are passed over, as the first frame too.', [
  watched(),
  handed(catchingUp),
  sends({ kind: 'weather', cursor: 'h1:99' }, snapshot(2), { kind: 'tick', cursor: '' }, saying(3)),
  handed(first, live, heard(3)),
]);

write(
  'frames/behind',
  'A snapshot in mid-stream replaces what was there, and events go on from it.',
  [...openedAt4, sends(snapshot(5000, {}, 'behind'), saying(5001)), handed({ snapshot: 'behind' }, heard(5001))],
  { state: stateWith({ messages: messages(5001) }) },
);

write(
  'frames/audience',
  'A member who may see less from now on is sent the room anew, at the same place or later, and resumes with the new cursor.',
  [
    ...opened,
    sends({ ...snapshot(2, {}, 'audience'), cursor: cursor(2, 'h2') }, saying(3, 3, 'h2')),
    handed({ snapshot: 'audience' }, heard(3)),
    cuts,
    handed(lost),
    watched(cursor(3, 'h2')),
    handed(catchingUp),
  ],
  { state: stateWith({ messages: messages(3) }) },
);

write('frames/behind-while-catching-up', 'A snapshot makes a room live also in place of what was missed.', [
  ...opened,
  cuts,
  handed(lost),
  watched('h1:2'),
  sends(resumed(2, 9), saying(3, 4), snapshot(5000, {}, 'behind'), saying(5001)),
  handed(catchingUp, isResumed, heard(3, 4), { snapshot: 'behind' }, live, heard(5001)),
]);

write(
  'frames/diverged',
  'A hub with another history answers the cursor with a snapshot, whose sequences may go back.',
  [
    ...openedAt4,
    cuts,
    handed(lost),
    watched('h1:4'),
    sends(snapshot(3, {}, 'diverged', 'h2'), saying(4, 4, 'h2')),
    handed(catchingUp, { snapshot: 'diverged' }, live, heard(4)),
    cuts,
    handed(lost),
    watched('h2:4'),
    sends({ kind: 'resumed', cursor: 'h2:4', head: 4 }),
    handed(catchingUp, isResumed, live),
  ],
  { state: stateWith({ messages: messages(4) }) },
);

write('frames/diverged-in-mid-stream', 'Another history may begin in mid-stream; the next connection goes on in it.', [
  ...openedAt4,
  sends(snapshot(3, {}, 'diverged', 'h2'), saying(4, 4, 'h2')),
  handed({ snapshot: 'diverged' }, heard(4)),
  cuts,
  handed(lost),
  watched('h2:4'),
  sends({ kind: 'resumed', cursor: 'h2:4', head: 4 }),
  handed(catchingUp, isResumed, live),
]);

// --- storage ---------------------------------------------------------------------------------------------------------

const storage = (isAvailable, sequence = 4) => ({ kind: 'storage', cursor: cursor(sequence), isAvailable });
write('storage/fails-and-mends', 'A disk that fails and works again is told between the events, and moves no cursor.', [
  ...openedAt4,
  sends(storage(false), storage(false), storage(true), saying(5)),
  handed({ storage: false }, { storage: true }, heard(5)),
  cuts,
  handed(lost),
  watched('h1:5'),
  sends(resumed(5)),
  handed(catchingUp, isResumed, live),
]);

write('storage/new-stream', 'A new stream that says nothing of the disk begins with it being there.', [
  ...openedAt4,
  sends(storage(false)),
  handed({ storage: false }),
  cuts,
  handed(lost),
  watched('h1:4'),
  sends(resumed(4)),
  handed(catchingUp, { storage: true }, isResumed, live),
]);

// --- digests ---------------------------------------------------------------------------------------------------------

const wrong = digest('What the hub stored');
const stored = runState('r1', 3, 'done', { startedAt: at(4), endedAt: at(6), text: 'What the hub stored', ...wrong });
const held = { ...stored, text: 'What I hold' };
const run = events(queued(3, 'r1'), started(4, 'r1'), chunk(5, 'r1', 'What I hold'), event(6, 'done', wrong, { run: 'r1' }));
write('digests/matches', "A finished run's text is compared with its digest, and the program is told.", [
  ...opened,
  sends(events(queued(3, 'r1'), started(4, 'r1'), chunk(5, 'r1', 'All'), done(6, 'r1', 'All'))),
  handed(heard(3, 4, 5, 6), { digest: 'r1', matches: true }),
]);

write(
  'digests/mended',
  'A text that does not match is reported, and the snapshot that is asked for puts it right.',
  [
    ...opened,
    sends(run),
    handed(heard(3, 4, 5, 6), { digest: 'r1', matches: false }),
    left,
    handed(state('reconnecting')),
    watched(),
    sends(snapshot(6, { runs: [stored] })),
    handed(catchingUp, first, { digest: 'r1', matches: true }, live),
  ],
  { state: stateWith({ runs: [stored] }) },
);

write('digests/not-mended', 'Where the snapshot does not match either, it is reported again, and watching goes on.', [
  ...opened,
  sends(run),
  handed(heard(3, 4, 5, 6), { digest: 'r1', matches: false }),
  left,
  handed(state('reconnecting')),
  watched(),
  sends(snapshot(6, { runs: [held] }), saying(7)),
  handed(catchingUp, first, { digest: 'r1', matches: false }, live, heard(7)),
]);

// --- presence --------------------------------------------------------------------------------------------------------

const announces = (viewers, roomId = 'room1') => ({ announces: { room: roomId, viewers } });
write('presence/of-its-room', 'Presence of the room is told, and that of another is not.', [
  ...opened,
  announces(9, 'room2'),
  announces(2),
  handed({ presence: 2 }),
]);

write('presence/changes', 'Each change is told, between the events.', [
  ...openedAt4,
  announces(2),
  handed({ presence: 2 }),
  sends(saying(5)),
  handed(heard(5)),
  announces(1),
  handed({ presence: 1 }),
]);

const changes = (viewers, members, left) => ({ announces: { room: 'room1', viewers, members, ...(left ? { left } : {}) } });
write('presence/adds-up', 'Changes add up to the whole. One before the whole means nothing, on each connection anew.', [
  ...opened,
  changes(9, { m9: 1 }, []),
  changes(2, { m1: 1, m2: 1 }),
  handed({ presence: 2, members: { m1: 1, m2: 1 } }),
  changes(4, { m3: 1, m1: 2 }, []),
  handed({ presence: 4, members: { m1: 2, m2: 1, m3: 1 } }),
  changes(3, { m3: 2 }, ['m2', 'm3']),
  handed({ presence: 3, members: { m1: 2, m3: 2 } }),
  changes(2, {}, []),
  handed({ presence: 2, members: { m1: 2, m3: 2 } }),
  cuts,
  handed(lost),
  watched('h1:2'),
  sends(resumed(2)),
  handed(catchingUp, isResumed, live),
  changes(5, { m4: 1 }, []),
  changes(1, { m1: 1 }),
  handed({ presence: 1, members: { m1: 1 } }),
]);

write('presence/watching', 'A host is told how members follow the room, each change by itself.', [
  ...opened,
  { tells: { room: 'room2', members: [{ id: 'm9', state: 'live' }] } },
  {
    tells: {
      room: 'room1',
      members: [
        { id: 'm1', state: 'live' },
        { id: 'm2', state: 'behind', behind: 12 },
      ],
    },
  },
  { tells: { room: 'room1', members: [{ id: 'm2', state: 'gone', since: '2026-01-01T12:00:00.000Z' }] } },
  handed(
    {
      watching: [
        { id: 'm1', state: 'live' },
        { id: 'm2', state: 'behind', behind: 12 },
      ],
    },
    { watching: [{ id: 'm2', state: 'gone', since: '2026-01-01T12:00:00.000Z' }] },
  ),
]);

// --- programs --------------------------------------------------------------------------------------------------------

write(
  'programs/callbacks-in-order',
  "A slow program's callbacks come in the order of the updates: none of a state or of the disk before earlier events.",
  [
    ...opened,
    sends(saying(3), storage(false, 3), saying(4)),
    { queued: 'h1:4' },
    cuts,
    watched('h1:4'),
    sends(resumed(4), saying(5)),
    { queued: 'h1:5' },
    { shows: 'live' },
    handed(heard(3), { storage: false }, heard(4), lost, catchingUp, { storage: true }, isResumed, live, heard(5)),
  ],
  { program: 'waits' },
);

write(
  'programs/slow',
  'A program that takes nothing holds the stream back: it is let go, and resumed where the queue ends.',
  [
    ...opened,
    sends(saying(3, 7), saying(8, 12)),
    left,
    { shows: 'catchingUp' },
    handed(heard(3, 4, 5, 6, 7), heard(8, 9, 10, 11, 12), catchingUp),
    { returns: true },
    watched('h1:12'),
    sends(resumed(12)),
    handed(isResumed, live),
  ],
  { program: 'waits', maxBufferedEvents: 10 },
);

write('programs/stopped', 'A program that stops lets go of its connection, is handed nothing more, and is offline.', [
  ...openedAt4,
  { program: 'stops' },
  left,
  ends(),
  { shows: 'offline' },
]);

write('programs/closed', 'Closing a room ends the watch without an error.', [
  ...openedAt4,
  { program: 'closes' },
  left,
  ends(),
  { shows: 'offline' },
]);

write(
  'programs/watches-again',
  'A program that stops may watch again at once: the new watch takes over and begins with a snapshot.',
  [
    ...openedAt4,
    { program: 'stops' },
    { program: 'watches' },
    watched(),
    sends(snapshot(9), saying(10)),
    handed(catchingUp, first, live, heard(10)),
  ],
  { state: stateWith({ messages: messages(10) }) },
);

write(
  'programs/watches-again-behind-what-waits',
  'What waited for the watch that was stopped is not folded into the state of the next.',
  [
    ...opened,
    sends(saying(3, 4)),
    { queued: 'h1:4' },
    { program: 'stops' },
    { program: 'watches' },
    watched(),
    sends(snapshot(9), saying(10)),
    handed(catchingUp, first, live, heard(10)),
  ],
  { program: 'waits', state: stateWith({ messages: messages(10) }) },
);
