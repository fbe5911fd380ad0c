import type { RoomAgent } from '../Agents/RoomAgent.js';
import type { FormerMember } from '../Members/FormerMember.js';
import type { Member } from '../Members/Member.js';
import type { Message } from '../Messages/Message.js';
import type { RoomSpending } from '../Money/RoomSpending.js';
import type { Room } from '../Rooms/Room.js';
import type { RunGroup } from '../Runs/Races/RunGroup.js';
import type { Run } from '../Runs/Run.js';
import type { RoomEvent } from './RoomEvent.js';

/**
 * A frame that a viewer of a room receives. The first frame of a stream is a snapshot (replace what you have) or resumed (keep it and
 * append); then come events frames, each event once, in order, without a gap.
 */
export type RoomFrame = SnapshotFrame | ResumedFrame | EventsFrame | StorageFrame;

/** Replaces what a viewer has. */
export interface SnapshotFrame {
  readonly kind: 'snapshot';
  /** How far the viewer has read after this frame. Opaque; give it back to resume. */
  readonly cursor: string;
  /** Why a snapshot was sent: one of `SnapshotReasons`. */
  readonly reason?: string;
  readonly room: Room;
  /** In order of joining. */
  readonly members: readonly Member[];
  /** Those who left and whom the runs, messages or reactions name, by time of joining. */
  readonly formerMembers: readonly FormerMember[];
  /** In order of `run.queued`. */
  readonly runs: readonly Run[];
  /** The last `RoomState.maxMessages`. */
  readonly messages: readonly Message[];
  /** In order of creation. */
  readonly agents: readonly RoomAgent[];
  /** In order of `group.started`. */
  readonly groups: readonly RunGroup[];
  /** The room's spending; undefined before the first run that called the upstream has ended. */
  readonly spending?: RoomSpending;
}

/** Says that the next events continue what a viewer has. */
export interface ResumedFrame {
  readonly kind: 'resumed';
  readonly cursor: string;
  /** The room's last committed sequence at that moment. A viewer with this event has everything that it missed. Left out by older hubs. */
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
  /** False while the disk fails and nothing new can be shown, true when it works again. */
  readonly isAvailable: boolean;
}

/** A frame of a kind that a later hub invented. */
export interface UnknownFrame {
  readonly kind: 'unknown';
}

/** Reads a frame as it came over the wire; undefined where it is none, or is no frame of its kind. */
export function readFrame(value: unknown): RoomFrame | UnknownFrame | undefined {
  if (!isObject(value) || typeof value['kind'] !== 'string' || typeof value['cursor'] !== 'string') return undefined;

  switch (value['kind']) {
    case 'snapshot': {
      const { members = [], formerMembers = [], runs = [], messages = [], agents = [], groups = [] } = value;
      const isWhole = isObject(value['room']) && [members, formerMembers, runs, messages, agents, groups].every(isListOfObjects);
      return isWhole ? ({ ...value, members, formerMembers, runs, messages, agents, groups } as unknown as SnapshotFrame) : undefined;
    }
    case 'resumed':
      return value as unknown as ResumedFrame;
    case 'events':
      return isListOfObjects(value['events']) && value['events'].every(isEvent) ? (value as unknown as EventsFrame) : undefined;
    case 'storage':
      return typeof value['isAvailable'] === 'boolean' ? (value as unknown as StorageFrame) : { kind: 'unknown' };
    default:
      return { kind: 'unknown' };
  }
}

function isEvent(value: Record<string, unknown>): boolean {
  return Number.isSafeInteger(value['sequence']) && typeof value['type'] === 'string' && isObject(value['data']);
}

function isListOfObjects(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.every(isObject);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
