import type { ConnectionState } from '../Feed/ConnectionState.js';
import type { HubClientError } from '../HubClientError.js';
import type { EventsFrame, ResumedFrame, SnapshotFrame } from '../Protocol/RoomFrame.js';
import type { RoomPresence } from '../Protocol/RoomPresence.js';
import type { Run } from '../Protocol/Run.js';

/** What a program that watches a room is handed. Frames come in order, each event once; the rest is not history. */
export type RoomUpdate =
  | SnapshotFrame
  | ResumedFrame
  | EventsFrame
  | { readonly kind: 'connectionState'; readonly connectionState: ConnectionState; readonly error?: HubClientError }
  /** The whole picture, not a difference; a program that is slow to take updates may be handed the newest only. */
  | { readonly kind: 'presence'; readonly presence: RoomPresence }
  | { readonly kind: 'storage'; readonly isAvailable: boolean }
  | DigestUpdate;

/** A finished run's text was compared with the digest that its `done` event states. */
export interface DigestUpdate {
  readonly kind: 'digest';
  readonly run: Run;
  readonly matches: boolean;
}
