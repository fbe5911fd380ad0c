import type { ConnectionState } from '../Feed/ConnectionState.js';
import type { LogFrame } from '../Feed/FeedPosition.js';
import type { HubClientError } from '../HubClientError.js';
import type { RoomEvent } from '../Protocol/Feed/RoomEvent.js';
import { SnapshotReasons } from '../Protocol/Feed/SnapshotReasons.js';
import type { RoomPresence } from '../Protocol/Members/RoomPresence.js';
import type { RoomWatching } from '../Protocol/Members/RoomWatching.js';
import type { Run } from '../Protocol/Runs/Run.js';
import { RoomSnapshot } from './RoomSnapshot.js';

/**
 * One thing that a program that watches a room is handed. Snapshots, resumptions and events come in order, each event once, and after each
 * of them `RoomClient.state` contains it. The rest is not history.
 */
export type RoomUpdate =
  SnapshotUpdate | ResumedUpdate | EventsUpdate | ConnectionStateUpdate | PresenceUpdate | WatchingUpdate | StorageUpdate | DigestUpdate;

/** Replace what you have. */
export interface SnapshotUpdate {
  readonly kind: 'snapshot';
  /** One of `SnapshotReasons`. */
  readonly reason: string;
  /** The room as it stands. */
  readonly state: RoomSnapshot;
}

/** The connection is back, and the next events continue those that you have. */
export interface ResumedUpdate {
  readonly kind: 'resumed';
}

/** The next events. */
export interface EventsUpdate {
  readonly kind: 'events';
  /** At least one, in sequence order. */
  readonly events: readonly RoomEvent[];
}

/** The connection changed. */
export interface ConnectionStateUpdate {
  readonly kind: 'connectionState';
  /** The new state. */
  readonly connectionState: ConnectionState;
  /** The reason, where there is one. */
  readonly error?: HubClientError;
}

/** Others came or went. */
export interface PresenceUpdate {
  readonly kind: 'presence';
  /** The whole picture, not a difference; a program that is slow to take updates may be handed the newest only. */
  readonly presence: RoomPresence;
}

/** Members follow the room otherwise than before. Only hosts are told; `RoomClient.getWatching` has the whole. */
export interface WatchingUpdate {
  readonly kind: 'watching';
  /** Those who are different. */
  readonly watching: RoomWatching;
}

/** The hub's storage stopped or began again to take writes. While it does not, nothing new is shown, and nothing is lost. */
export interface StorageUpdate {
  readonly kind: 'storage';
  /** Whether it takes them. */
  readonly isAvailable: boolean;
}

/**
 * A finished run's text was compared with the digest that its `done` event states. At the first mismatch of a run a snapshot is asked for;
 * if that does not match either, it is reported again and watching goes on.
 */
export interface DigestUpdate {
  readonly kind: 'digest';
  /** The run with the text that was compared. */
  readonly run: Run;
  /** True: this is the text that the hub stored and everybody else saw. */
  readonly matches: boolean;
}

/** @internal */
export function updateOf(frame: LogFrame): RoomUpdate {
  switch (frame.kind) {
    case 'snapshot':
      return { kind: 'snapshot', reason: frame.reason ?? SnapshotReasons.first, state: RoomSnapshot.of(frame) };
    case 'resumed':
      return { kind: 'resumed' };
    case 'events':
      return { kind: 'events', events: frame.events };
  }
}
