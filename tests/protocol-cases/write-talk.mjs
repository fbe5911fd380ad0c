// Writes the cases of fold/ about taking back: edits, removals, hands and reactions. Expected values are written by hand.
import {
  ada,
  at,
  bob,
  chunk,
  count,
  digest,
  done,
  event,
  events,
  expected,
  message,
  queued,
  reaction,
  repeat,
  runState,
  said,
  snapshot,
  started,
  writeCase,
} from './words.mjs';

function write(name, description, frames, expectedState) {
  writeCase('fold', name, { description, frames, expected: expectedState, expectedMismatches: [] });
}

const edited = (sequence, target, text, by = 'm1') => event(sequence, 'message.edited', { target, text }, { by });
const removed = (sequence, target, by = 'm1') => event(sequence, 'message.removed', { target }, { by });
const tombstone = (sequence, removal, by = 'm1', removedBy = by) => ({
  ...message(sequence, '', [], by),
  removedBy,
  removedAt: at(removal),
});
const unreacted = (sequence, target, emoji, by) => event(sequence, 'reaction.removed', { emoji, target }, { by });
const passage = { run: 'r1', from: 5, fromOffset: 0, to: 6, toOffset: 3 };
const aboutRun = (sequence, type, more = {}, by = 'm1') => event(sequence, type, { run: 'r1', ...more }, { by });

write(
  'messages/replies-and-quotes',
  'A message may answer another and quote a passage of a run. Both are references; a field of another type is missing.',
  [
    snapshot(2, { messages: [{ ...message(2, 'First'), replyTo: 1 }] }),
    events(
      event(3, 'message', { text: 'Second', replyTo: 2 }, { by: 'm2' }),
      event(4, 'message', { text: 'Third', quote: passage }, { by: 'm2' }),
      event(5, 'message', { text: 'Fourth', replyTo: '2', quote: { ...passage, toOffset: -1 } }, { by: 'm2' }),
    ),
  ],
  expected(5, {
    messages: [
      { ...message(2, 'First'), replyTo: 1 },
      { ...message(3, 'Second', [], 'm2'), replyTo: 2 },
      { ...message(4, 'Third', [], 'm2'), quote: passage },
      message(5, 'Fourth', [], 'm2'),
    ],
  }),
);

write(
  'messages/edited-and-removed',
  'An edit keeps reactions and references. A removal keeps who said it, who removed it and when; nothing changes a removed message.',
  [
    snapshot(2, { members: [ada, bob] }),
    events(said(3, 'Helo'), said(4, 'Bye', 'm2'), event(5, 'message', { text: 'Again', replyTo: 3, quote: passage }, { by: 'm1' })),
    events(reaction(6, 3, '👍', 'm2'), reaction(7, 5, '👍', 'm2'), edited(8, 3, 'Hello'), edited(9, 3, 'Hello!'), edited(10, 5, 'Anew')),
    events(removed(11, 4, 'm1'), edited(12, 4, 'Back', 'm2'), reaction(13, 4, '👍', 'm1'), removed(14, 4, 'm2'), removed(15, 999)),
  ],
  expected(15, {
    members: [ada, bob],
    messages: [
      { ...message(3, 'Hello!', [{ emoji: '👍', by: ['m2'] }]), editedAt: at(9) },
      tombstone(4, 11, 'm2', 'm1'),
      { ...message(5, 'Anew', [{ emoji: '👍', by: ['m2'] }]), replyTo: 3, quote: passage, editedAt: at(10) },
    ],
  }),
);

write(
  'messages/erased',
  'A viewer that comes later gets events without their erased data, and ends with the state of those who saw them.',
  [
    snapshot(2),
    events(
      event(3, 'message', { erased: 6, length: 4, replyTo: 2, quote: passage }, { by: 'm1' }),
      event(4, 'message', { erased: 7, length: 3 }, { by: 'm1' }),
      event(5, 'message.edited', { erased: 6, target: 3, length: 5 }, { by: 'm1' }),
    ),
    events(edited(6, 3, 'Hello!'), removed(7, 4)),
  ],
  expected(7, {
    messages: [{ ...message(3, 'Hello!'), replyTo: 2, quote: passage, editedAt: at(6) }, tombstone(4, 7)],
  }),
);

const longMessage = repeat('ab', 8192);
write(
  'messages/erased-length-counts',
  'Sixteen messages fill the bound. The text of the seventeenth is erased, and its length still took the oldest its place.',
  [
    snapshot(2),
    events(...count(3, 18, n => said(n, longMessage))),
    events(event(19, 'message', { erased: 20, length: 16_384 }, { by: 'm1' }), removed(20, 19), said(21, longMessage)),
  ],
  expected(21, {
    messages: [...count(4, 18, n => message(n, longMessage)), tombstone(19, 20), message(21, longMessage)],
  }),
);

write(
  'messages/erased-edit-counts',
  'A short message was edited to a long one, and the long text was erased by the next edit. In between the oldest lost its place.',
  [
    snapshot(2),
    events(...count(3, 18, n => said(n, longMessage)), event(19, 'message', { erased: 21, length: 0 }, { by: 'm1' })),
    events(event(20, 'message.edited', { erased: 21, target: 19, length: 10 }, { by: 'm1' }), edited(21, 19, 'x')),
  ],
  expected(21, { messages: [...count(4, 18, n => message(n, longMessage)), { ...message(19, 'x'), editedAt: at(21) }] }),
);

write(
  'messages/reactions-taken-back',
  'A member takes back its own reaction. An emoji that nobody gives any more goes, and comes back behind the others.',
  [
    snapshot(3, {
      members: [ada, bob],
      messages: [
        message(3, 'Hello', [
          { emoji: '👍', by: ['m1', 'm2'] },
          { emoji: '🌱', by: ['m1'] },
        ]),
      ],
    }),
    events(unreacted(4, 3, '👍', 'm1'), unreacted(5, 3, '🎉', 'm1'), unreacted(6, 3, '🌱', 'm2')),
    events(unreacted(7, 3, '👍', 'm2'), reaction(8, 3, '👍', 'm1'), unreacted(9, 99, '👍', 'm1')),
  ],
  expected(9, {
    members: [ada, bob],
    messages: [
      message(3, 'Hello', [
        { emoji: '🌱', by: ['m1'] },
        { emoji: '👍', by: ['m1'] },
      ]),
    ],
  }),
);

write(
  'members/hands-lowered-by-a-host',
  'A hand has the time of its raising. A host lowers hands of others, one event for each; one of nobody changes nothing.',
  [
    snapshot(4, { members: [{ ...ada, handRaised: true, handRaisedAt: at(2) }, bob] }),
    events(event(5, 'hand.raised', {}, { by: 'm2' }), event(6, 'hand.lowered', { member: 'm2' }, { by: 'm1' })),
    events(event(7, 'hand.raised', {}, { by: 'm2' }), event(8, 'hand.lowered', { member: 'm9' }, { by: 'm1' })),
    events(event(9, 'hand.lowered', {}, { by: 'm1' })),
  ],
  expected(9, { members: [ada, { ...bob, handRaised: true, handRaisedAt: at(7) }] }),
);

const passageReaction = (sequence, type, emoji, by, where = passage) =>
  event(sequence, type, { emoji, target: where.from, passage: where }, { by });
const end = { ...passage, fromOffset: 2 };
write(
  'runs/passages',
  'Reactions to passages gather on their run, by emoji and passage in order of appearance, and are taken back. They are no message’s.',
  [
    snapshot(2, { members: [ada, bob], messages: [message(2, 'Hello')] }),
    events(queued(3, 'r1'), started(4, 'r1'), chunk(5, 'r1', 'Leaves '), chunk(6, 'r1', 'are')),
    events(passageReaction(7, 'reaction', '👍', 'm2'), passageReaction(8, 'reaction', '👍', 'm1', end)),
    events(passageReaction(9, 'reaction', '👍', 'm1'), passageReaction(10, 'reaction', '👍', 'm1'), done(11, 'r1', 'Leaves are')),
    events(passageReaction(12, 'reaction.removed', '👍', 'm2'), passageReaction(13, 'reaction.removed', '👍', 'm1', end)),
    events(passageReaction(14, 'reaction', '🌱', 'm1', { ...passage, run: 'r9' }), passageReaction(15, 'reaction', '🌱', 'm2', end)),
  ],
  expected(15, {
    members: [ada, bob],
    messages: [message(2, 'Hello')],
    runs: [
      runState('r1', 3, 'done', {
        startedAt: at(4),
        lastChunkAt: at(6),
        endedAt: at(11),
        text: 'Leaves are',
        ...digest('Leaves are'),
        reactions: [
          { emoji: '👍', passage, by: ['m1'] },
          { emoji: '🌱', passage: end, by: ['m2'] },
        ],
      }),
    ],
  }),
);

const longEmoji = repeat('x', 64);
write(
  'runs/passages-full',
  'The reactions to one run are kept within 16,384 UTF-16 units, 64 of them for each passage: 126 with an emoji of 64 fit.',
  [
    snapshot(2),
    events(queued(3, 'r1'), started(4, 'r1'), chunk(5, 'r1', 'Leaves')),
    events(
      ...count(6, 140, n => passageReaction(n, 'reaction', longEmoji, 'm1', { run: 'r1', from: 5, fromOffset: 0, to: 5, toOffset: n })),
    ),
  ],
  expected(140, {
    runs: [
      runState('r1', 3, 'running', {
        startedAt: at(4),
        lastChunkAt: at(5),
        text: 'Leaves',
        reactions: count(6, 131, n => ({
          emoji: longEmoji,
          passage: { run: 'r1', from: 5, fromOffset: 0, to: 5, toOffset: n },
          by: ['m1'],
        })),
      }),
    ],
  }),
);

const usage = { inputTokens: 12, outputTokens: 34, totalTokens: 46, cost: 0.00123 };
const told = [
  queued(3, 'r1', { kind: 'swarm' }),
  started(4, 'r1'),
  chunk(5, 'r1', 'Leaves'),
  event(6, 'usage', usage, { run: 'r1' }),
  done(7, 'r1', 'Leaves'),
];
const removedRun = (removal, more = {}) => ({
  id: 'r1',
  kind: 'swarm',
  agent: { name: null, model: null },
  task: '',
  by: 'm1',
  state: 'done',
  queuedAt: at(3),
  startedAt: at(4),
  lastChunkAt: at(5),
  endedAt: at(7),
  usage,
  removedBy: 'm1',
  removedAt: at(removal),
  textLength: 6,
  ...more,
});
write(
  'runs/hidden-and-removed',
  'A host hides a run and shows it again. A removal leaves its place, its times and its figures; nothing changes a removed run.',
  [
    snapshot(2),
    events(...told),
    events(aboutRun(8, 'run.hidden'), aboutRun(9, 'run.shown'), aboutRun(10, 'run.hidden')),
    events(aboutRun(11, 'run.removed', { kind: 'swarm', textLength: 6, usage }), aboutRun(12, 'run.hidden', {}, 'm2')),
    events(event(13, 'run.removed', { run: 'r9', kind: 'agent', textLength: 1 }, { by: 'm1' })),
  ],
  expected(13, { runs: [removedRun(11)] }),
);

write(
  'runs/hidden',
  'A hidden run keeps all that it has: clients do not show it.',
  [snapshot(2), events(...told), events(aboutRun(8, 'run.hidden'))],
  expected(8, {
    runs: [
      runState('r1', 3, 'done', {
        kind: 'swarm',
        startedAt: at(4),
        lastChunkAt: at(5),
        endedAt: at(7),
        text: 'Leaves',
        usage,
        ...digest('Leaves'),
        hiddenBy: 'm1',
        hiddenAt: at(8),
      }),
    ],
  }),
);

write(
  'runs/erased',
  'A viewer that comes later gets the events of a removed run without their data, and ends with the state of those who saw it.',
  [
    snapshot(2),
    events(...told.map(({ data: _, ...rest }) => ({ ...rest, data: { erased: 8 } }))),
    events(aboutRun(8, 'run.removed', { kind: 'swarm', textLength: 6, usage })),
  ],
  expected(8, { runs: [removedRun(8)] }),
);

const half = repeat('a', 600_000);
const asked = (n, first) => [queued(first, `r${n}`), started(first + 1, `r${n}`)];
write(
  'runs/erased-length-counts',
  'The text of a removed run still counts in the bound of ended texts, also for a viewer that never saw it.',
  [
    snapshot(2),
    events(...asked(0, 3), chunk(5, 'r0', half), done(6, 'r0', 'a'.repeat(600_000))),
    events(
      ...asked(1, 7).map(({ data: _, ...rest }) => ({ ...rest, data: { erased: 11 } })),
      event(9, 'chunk', { erased: 11 }, { run: 'r1' }),
      event(10, 'done', { erased: 11 }, { run: 'r1' }),
      aboutRun(11, 'run.removed', { kind: 'agent', textLength: 600_000 }),
    ),
  ],
  expected(11, {
    runs: [
      runState('r0', 3, 'done', { startedAt: at(4), lastChunkAt: at(5), endedAt: at(6), ...digest('a'.repeat(600_000)) }),
      {
        id: 'r1',
        kind: 'agent',
        agent: { name: null, model: null },
        task: '',
        by: 'm1',
        state: 'done',
        queuedAt: at(7),
        startedAt: at(8),
        lastChunkAt: at(9),
        endedAt: at(10),
        removedBy: 'm1',
        removedAt: at(11),
        textLength: 600_000,
      },
    ],
  }),
);
