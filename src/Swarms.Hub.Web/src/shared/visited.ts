/** A room that was visited on this device. Nothing secret: the cookie is what lets in. */
export interface VisitedRoom {
  readonly id: string;
  readonly name: string;
  /** Who this device is in it. */
  readonly memberId?: string;
  readonly at: number;
}

const key = 'swarms-hub.rooms';
const maxRooms = 20;

export function visitedRooms(): VisitedRoom[] {
  return read<VisitedRoom[]>(key, []).filter(room => typeof room?.id === 'string' && typeof room.name === 'string');
}

export function findVisited(id: string): VisitedRoom | undefined {
  return visitedRooms().find(room => room.id === id);
}

export function rememberRoom(id: string, name: string, memberId: string | undefined): void {
  const room: VisitedRoom = { id, name, at: Date.now(), ...(memberId === undefined ? {} : { memberId }) };
  write(key, [room, ...visitedRooms().filter(other => other.id !== id)].slice(0, maxRooms));
}

export function forgetRoom(id: string): void {
  write(key, visitedRooms().filter(room => room.id !== id));
}

/** Storage can be refused or hold what another version wrote; the page works without it. */
export function read<T>(name: string, otherwise: T): T {
  try {
    return (JSON.parse(localStorage.getItem(name) ?? 'null') as T | null) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function write(name: string, value: unknown): void {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // The page works without it.
  }
}
