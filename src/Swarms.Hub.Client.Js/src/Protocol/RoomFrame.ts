import type { Member } from './Member.js';
import type { Message } from './Message.js';
import type { Room } from './Room.js';
import type { RoomEvent } from './RoomEvent.js';
import type { Run } from './Run.js';

/**
 * What a viewer of a room receives. The first frame of a stream is a snapshot (replace what you have) or resumed
 * (keep it and append); then come events frames, each event once, in order, without a gap.
 */
export type RoomFrame = SnapshotFrame | ResumedFrame | EventsFrame | StorageFrame;

/** Replaces what a viewer has. */
export interface SnapshotFrame {
  readonly kind: 'snapshot';
  /** Why it was sent: `first` (no cursor), `diverged` (the cursor is not of the history that the hub has), `behind` (too far back). */
  readonly reason: string;
  /** How far the viewer has read after this frame. Opaque; give it back to resume. */
  readonly cursor: string;
  readonly room: Room;
  readonly members: readonly Member[];
  readonly runs: readonly Run[];
  readonly messages: readonly Message[];
}

/** Says that the next events continue what a viewer has. */
export interface ResumedFrame {
  readonly kind: 'resumed';
  readonly cursor: string;
  /** The room's last committed sequence at that moment. Who has that event has what it missed. Left out by older hubs. */
  readonly head?: number;
}

/** The next events. */
export interface EventsFrame {
  readonly kind: 'events';
  readonly cursor: string;
  /** At least one, in sequence order. */
  readonly events: readonly RoomEvent[];
}

/** Says that the hub's storage stopped or began again to take writes. Changes nothing of what a viewer has. */
export interface StorageFrame {
  readonly kind: 'storage';
  readonly cursor: string;
  readonly isAvailable: boolean;
}
