import type { RoomViewModel } from '../useRoomView';

/** Returns the names of the hosts who are in the room now, without oneself. */
export function hostsHere({ members, me, presence }: Pick<RoomViewModel, 'members' | 'me' | 'presence'>): readonly string[] {
  const here = new Set(presence?.members.map(({ id }) => id));
  return members.filter(({ id, role }) => role === 'host' && id !== me?.id && here.has(id)).map(({ name }) => name);
}
