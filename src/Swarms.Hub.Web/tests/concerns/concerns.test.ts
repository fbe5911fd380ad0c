import type { Member, Message, RoomEvent, RoomSnapshot, Run } from 'swarms-hub-client';
import { describe, expect, it } from 'vitest';
import { concernOf, isSettledBy, mentions } from '../../src/concerns/concerns';

const me: Member = { id: 'me', name: 'Grace Hopper', role: 'participant', joinedAt: '', handRaised: false };
const host: Member = { ...me, role: 'host' };

const run = (id: string, by: string, more: Partial<Run> = {}): Run => ({
  id,
  kind: 'agent',
  agent: { name: null, model: null },
  task: `Task of ${id}`,
  by,
  state: 'running',
  queuedAt: '',
  ...more,
});
const message = (sequence: number, by: string): Message => ({ sequence, at: '', by, text: '', reactions: [] });
const state = { messages: [message(1, 'me'), message(2, 'ada')], runs: [run('mine', 'me'), run('other', 'ada')] };

function of(event: Partial<RoomEvent>, member = me, held: Partial<RoomSnapshot> = state) {
  return concernOf({ sequence: 9, at: '', type: '', data: {}, by: 'ada', ...event }, member, () => held as RoomSnapshot)?.kind;
}

describe('What concerns one', () => {
  it('is an answer to what one said, a quote of a run that one started, and a mention', () => {
    expect(of({ type: 'message', data: { text: 'Yes', replyTo: 1 } })).toBe('reply');
    expect(of({ type: 'message', data: { text: 'Yes', replyTo: 2 } })).toBeUndefined();
    expect(of({ type: 'message', data: { text: 'See', quote: { run: 'mine' } } })).toBe('quote');
    expect(of({ type: 'message', data: { text: 'See', quote: { run: 'other' } } })).toBeUndefined();
    expect(of({ type: 'message', data: { text: 'Ask @grace hopper!' } })).toBe('mention');
    expect(of({ type: 'message', by: 'me', data: { text: 'I am @Grace Hopper', replyTo: 1 } })).toBeUndefined();
  });

  it('is the end of a run of one’s own, unless one stopped it', () => {
    expect(of({ type: 'done', run: 'mine' })).toBe('ended');
    expect(of({ type: 'error', run: 'mine' })).toBe('ended');
    expect(of({ type: 'cancelled', run: 'mine', by: 'ada' })).toBe('ended');
    expect(of({ type: 'cancelled', run: 'mine', by: 'me' })).toBeUndefined();
    expect(of({ type: 'done', run: 'other' })).toBeUndefined();
    expect(of({ type: 'chunk', run: 'mine' })).toBeUndefined();
  });

  it('is the last ending of a group', () => {
    const group = { id: 'g', number: 1 };
    const [one, two] = [run('one', 'me', { group }), run('two', 'me', { group })];
    expect(of({ type: 'done', run: 'one' }, me, { runs: [one, two] })).toBeUndefined();
    expect(of({ type: 'done', run: 'one' }, me, { runs: [one, { ...two, state: 'done' }] })).toBe('ended');
  });

  it('is a host’s decision about a proposal and a hand', () => {
    expect(of({ type: 'run.approved', run: 'mine' })).toBe('approved');
    expect(of({ type: 'declined', run: 'mine' })).toBe('declined');
    expect(of({ type: 'declined', run: 'mine', by: 'me' })).toBeUndefined();
    expect(of({ type: 'hand.lowered', data: { member: 'me' } })).toBe('handCalled');
    expect(of({ type: 'hand.lowered', data: { member: 'bob' } })).toBeUndefined();
  });

  it('is, for hosts alone, a raised hand and a proposal', () => {
    expect(of({ type: 'hand.raised' }, host)).toBe('handRaised');
    expect(of({ type: 'hand.raised' })).toBeUndefined();
    expect(of({ type: 'run.proposed', run: 'other' }, host)).toBe('proposed');
    expect(of({ type: 'run.proposed', run: 'other' })).toBeUndefined();
  });

  it('goes when it is settled', () => {
    const event = { sequence: 9, at: '', by: 'ada', data: {} };
    const raised = concernOf({ ...event, type: 'hand.raised' }, host, () => undefined)!;
    expect(isSettledBy(raised, { ...event, type: 'hand.lowered' })).toBe(true);
    expect(isSettledBy(raised, { ...event, type: 'hand.lowered', by: 'me', data: { member: 'bob' } })).toBe(false);
    const proposed = concernOf({ ...event, type: 'run.proposed', run: 'other' }, host, () => undefined)!;
    expect(isSettledBy(proposed, { ...event, type: 'run.approved', run: 'other' })).toBe(true);
    expect(isSettledBy(proposed, { ...event, type: 'chunk', run: 'mine' })).toBe(false);
    const said = concernOf({ ...event, type: 'message', data: { text: '@Grace Hopper' } }, me, () => undefined)!;
    expect(isSettledBy(said, { ...event, sequence: 10, type: 'message.removed', data: { target: 9 } })).toBe(true);
  });
});

describe('A mention', () => {
  it('is @ and the whole name', () => {
    expect(mentions('@Ann, look', 'Ann')).toBe(true);
    expect(mentions('@Anna, look', 'Ann')).toBe(false);
    expect(mentions('me@Ann', 'Ann')).toBe(false);
    expect(mentions('(@a.b*)', 'A.B*')).toBe(true);
    expect(mentions('Ann', 'Ann')).toBe(false);
  });
});
