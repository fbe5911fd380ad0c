'use client';

export type { GrowingText } from './GrowingText.js';
export type { RoomConnection } from './RoomConnection.js';
export { type Action, useAction } from './useAction.js';
export { useRoom, type UseRoomOptions } from './useRoom.js';
export { useConnection, useIsStorageAvailable, useIsVerified, useMe, usePresence, useRoomState, useRuns } from './useRoomState.js';
export { growingText, useRunText } from './useRunText.js';
export { useServer } from './useServer.js';
export { useWatching } from './useWatching.js';
