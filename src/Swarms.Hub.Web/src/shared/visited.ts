import { read, remove, write } from './storage';

/** A room that was visited on this device. It holds nothing secret: the cookie is what admits to the room. */
export interface VisitedRoom {
  readonly id: string;
  readonly name: string;
  /** The member that this device is in the room. */
  readonly memberId?: string;
  readonly at: number;
}

const key = 'swarms-hub.rooms';
const maxRooms = 20;

export function visitedRooms(): VisitedRoom[] {
  const stored = read(key);
  return Array.isArray(stored) ? stored.filter(isVisitedRoom) : [];
}

export function findVisited(id: string): VisitedRoom | undefined {
  return visitedRooms().find(room => room.id === id);
}

export function rememberRoom(id: string, name: string, memberId: string | undefined): void {
  const room: VisitedRoom = { id, name, at: Date.now(), ...(memberId === undefined ? {} : { memberId }) };
  write(key, [room, ...visitedRooms().filter(other => other.id !== id)].slice(0, maxRooms));
}

/** The place under which this device remembers how far the messages of a room were read. */
export function keyOfReadMark(roomId: string): string {
  return `swarms-hub.read.${roomId}`;
}

export function forgetRoom(id: string): void {
  remove(keyOfReadMark(id));
  write(
    key,
    visitedRooms().filter(room => room.id !== id),
  );
}

/** Another version of the page may have stored something else. */
function isVisitedRoom(value: unknown): value is VisitedRoom {
  const room = value as Partial<VisitedRoom> | null;
  return typeof room?.id === 'string' && typeof room.name === 'string';
}
