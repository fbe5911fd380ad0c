import { type Member, type MemberRole, RoomSettings, type RoomSettingsChange } from 'swarms-hub-client';
import { describe, expect, it } from 'vitest';
import { rulesFor } from '../../src/room/rules';
import table from '../../../../tests/Swarms.Hub.Tests/Access/Policies/SettingsTable.cs?raw';

/** The hub's own table, in the order of its columns. */
const columns: readonly RoomSettingsChange[] = [
  { locked: true },
  { moderated: true },
  { viewersMayTalk: false },
  { agentsOnly: true },
  { archived: true },
];
const letters: readonly (readonly [string, MemberRole])[] = [
  ['h', 'host'],
  ['p', 'participant'],
  ['v', 'viewer'],
];
const cells = new Map(
  [...table.matchAll(/\["([^"]+)"\] = \[((?:"[^"]+"(?:, )?)+)\]/g)].map(([, act, row]) => [
    act!,
    [...row!.matchAll(/"([^"]+)"/g)].map(([, cell]) => cell!),
  ]),
);

type Rules = ReturnType<typeof rulesFor>;
type Offer = (rules: Rules, role: MemberRole) => boolean;

const hosts: Offer = (_, role) => role === 'host';
const always: Offer = () => true;
const decide: Offer = ({ canDecide }) => canDecide;

/** What the page offers for each act of the hub's table. */
const offers = new Map<string, Offer>([
  ['say', ({ canTalk }) => canTalk],
  ['edit an own message', ({ canTalk }) => canTalk],
  ['take an own message back', ({ canTakeBack }) => canTakeBack],
  ["remove another's message", ({ canRemoveMessages }) => canRemoveMessages],
  ['react', ({ canTalk }) => canTalk],
  ['take a reaction back', ({ canUnreact }) => canUnreact],
  ['raise a hand', ({ canRaiseHand }) => canRaiseHand],
  ['lower the own hand', ({ canLowerHand }) => canLowerHand],
  ["lower another's hand", ({ canLowerHands }) => canLowerHands],
  ['lower all hands', ({ canLowerHands }) => canLowerHands],
  ['start a run', ({ canStart, mustChooseAgent }) => canStart && !mustChooseAgent],
  ['start an agent', ({ canStart }) => canStart],
  // The hub's act has requests of its own; the page's races have agents of the room.
  ['start a group', ({ canRace, mustChooseAgent }) => canRace && !mustChooseAgent],
  ['vote', ({ canVote }) => canVote],
  ['take a vote back', ({ canVote }) => canVote],
  ['reveal a group', decide],
  ['cancel an own run', always],
  ["cancel another's run", hosts],
  ['hide a run', hosts],
  ['show a run', hosts],
  ['remove a run', hosts],
  ['mask held text', hosts],
  ['release held text', hosts],
  ['set an agent', ({ canChangeAgents }) => canChangeAgents],
  ['remove an agent', ({ canChangeAgents }) => canChangeAgents],
  ['withdraw an own proposal', always],
  ["withdraw another's proposal", ({ canDecline }) => canDecline],
  ['support a proposal', ({ canSupport }) => canSupport],
  ['take support back', ({ canSupport }) => canSupport],
  ['approve a proposal', decide],
  ['decline a proposal', ({ canDecline }) => canDecline],
  ['place a proposal', decide],
  ['change the room', hosts],
  ['change settings', hosts],
  ['change a role', hosts],
  ['rename another', hosts],
  ['hand over', hosts],
  ['remove a member', hosts],
  ['admit a program', hosts],
  ['delete the room', hosts],
  ['rename oneself', ({ canRename }) => canRename],
  ['leave', always],
  ['exchange the own token', always],
]);

function offered(offer: Offer, change: RoomSettingsChange, cell: string): string {
  const settings = { ...RoomSettings.initial, ...change } as RoomSettings;
  const room = { id: 'r', name: 'Biology', createdAt: '', settings };
  return letters
    .map(([letter, role], i) => {
      if (cell[i] === '.') return '.';

      const me: Member = { id: 'm', name: 'Ada', role, joinedAt: '', handRaised: false };
      return offer(rulesFor(room, me), role) ? letter : '-';
    })
    .join('');
}

describe('The page', () => {
  it('knows every act of the table of settings but those of other doors', () => {
    const doors = [...cells.keys()].filter(act => / at (a|the) .*door$/.test(act));
    expect(cells.size).toBeGreaterThan(40);
    expect([...offers.keys()].sort()).toEqual([...cells.keys()].filter(act => !doors.includes(act)).sort());
  });

  it.each([...offers])('offers to "%s" to those alone who may', (act, offer) => {
    const row = cells.get(act) ?? [];
    expect(row.map((cell, i) => offered(offer, columns[i]!, cell))).toEqual(row);
  });

  it('offers nothing to who is no member', () => {
    const { closedBy, mustPropose, mustChooseAgent, ...may } = rulesFor(undefined, undefined);
    expect([closedBy, mustPropose, mustChooseAgent]).toEqual([undefined, false, false]);
    expect(Object.values(may)).not.toContain(true);
  });
});
