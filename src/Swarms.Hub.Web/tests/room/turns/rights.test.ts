import { type Room, RoomSettings, type RoomSettingsChange } from 'swarms-hub-client';
import { describe, expect, it } from 'vitest';
import { hostsHere } from '../../../src/room/turns/hostsHere';
import { rightsIn } from '../../../src/room/turns/rights';

const room = (changes: RoomSettingsChange): Room => ({
  id: 'r',
  name: 'Biology',
  createdAt: '2026-11-28T08:00:00.000Z',
  settings: { ...RoomSettings.initial, ...changes } as RoomSettings,
});
const rightsTo = (act: string, changes: RoomSettingsChange) => rightsIn(room(changes)).find(row => row.act === act)?.rights;

describe('The table of rights', () => {
  it.each([
    ['start', {}, ['yes', 'yes', 'no']],
    ['start', { moderated: true }, ['yes', 'propose', 'propose']],
    ['start', { locked: true }, ['yes', 'no', 'no']],
    ['start', { archived: true }, ['no', 'no', 'no']],
    ['cancel', {}, ['yes', 'own', 'no']],
    ['cancel', { moderated: true, locked: true }, ['yes', 'own', 'own']],
    ['talk', { viewersMayTalk: false }, ['yes', 'yes', 'no']],
    ['decide', { moderated: true }, ['yes', 'no', 'no']],
    ['moderate', { archived: true }, ['yes', 'no', 'no']],
    ['money', { showMoney: 'hosts' }, ['yes', 'no', 'no']],
  ] as const)('says who may %s under %o', (act, changes, rights) => {
    expect(rightsTo(act, changes)).toEqual(rights);
  });
});

describe('The hosts to ask', () => {
  it('are those who are here, without oneself', () => {
    const member = (id: string, role: 'host' | 'viewer') => ({ id, name: id.toUpperCase(), role, joinedAt: '', handRaised: false });
    const members = [member('ada', 'host'), member('bo', 'host'), member('cem', 'host'), member('dana', 'viewer')];
    const presence = { members: members.filter(({ id }) => id !== 'bo'), guests: 0 };

    expect(hostsHere({ members, me: members[2], presence: presence as never })).toEqual(['ADA']);
  });
});
