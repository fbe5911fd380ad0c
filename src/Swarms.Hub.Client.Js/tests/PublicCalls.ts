import { HubClient, type RoomClient } from '../src/index.js';
import { FakeHub } from './FakeHub.js';

/** Every public method that talks to the hub, found by reflection: a new one is tested without being named anywhere. */
export const publicCalls = new Map<string, (hub: HubClient, room: RoomClient) => Promise<unknown>>();

const given: Record<string, unknown[]> = {
  startRun: [{ task: 't', agent: 'a' }],
  listRuns: [{}],
  createEmbed: [{ run: 'r' }],
  createInvite: [{ role: 'viewer' }],
  changeMember: ['m1', {}],
  changeBudget: [(budget: unknown) => budget],
  changeSettings: [{ locked: true }],
  createProgram: [{ name: 'Bot' }],
  renewToken: [],
  createReturnLink: [],
  react: [1, '👍'],
  search: ['leaves'],
  getTranscript: ['md'],
};
/** Methods that make no call. */
const quiet = [
  'constructor',
  'openRoom',
  'openRun',
  'close',
  'isVerified',
  'getTranscriptUrl',
  'getAttendanceCsvUrl',
  'begin',
  'fold',
  'isNewMismatch',
  'announce',
  'release',
  'end',
];

collect('HubClient', HubClient.prototype, hub => hub);
for (let prototype: object = roomPrototype(); prototype !== Object.prototype; prototype = Object.getPrototypeOf(prototype) as object)
  collect('RoomClient', prototype, (_, room) => room);

function collect(owner: string, prototype: object, target: (hub: HubClient, room: RoomClient) => object): void {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (typeof value !== 'function' || quiet.includes(name) || /^on[A-Z]/.test(name)) continue;

    publicCalls.set(`${owner}.${name}`, async (hub, room) => {
      const method = (target(hub, room) as Record<string, (...args: unknown[]) => unknown>)[name]!;
      const result = await method.apply(target(hub, room), given[name] ?? ['x', 'x']);
      // A watch calls when it is asked for its first update.
      return name === 'watch' ? (result as AsyncGenerator).next() : result;
    });
  }
}

function roomPrototype(): object {
  const room = new HubClient('http://hub.test', { connect: new FakeHub().connect }).openRoom('r1', 't1');
  return Object.getPrototypeOf(room) as object;
}
