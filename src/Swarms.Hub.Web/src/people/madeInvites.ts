import { useSyncExternalStore } from 'react';
import type { InviteCreated } from 'swarms-hub-client';

const none: readonly InviteCreated[] = [];
const made = new Map<string, readonly InviteCreated[]>();
const listeners = new Set<() => void>();

/** Returns the invites to a room that this page made, newest first. Their codes are known nowhere else, and gone with the page. */
export function useMadeInvites(roomId: string): readonly InviteCreated[] {
  return useSyncExternalStore(subscribe, () => made.get(roomId) ?? none);
}

export function keepInvite(roomId: string, created: InviteCreated): void {
  put(roomId, [created, ...(made.get(roomId) ?? none)]);
}

export function forgetInvite(roomId: string, inviteId: string): void {
  put(
    roomId,
    (made.get(roomId) ?? none).filter(({ invite }) => invite.id !== inviteId),
  );
}

/** Returns whether an invite may be on a wall: it admits nobody as a host, and still works. */
export function isForAll({ invite }: InviteCreated, now: number): boolean {
  return invite.role !== 'host' && Date.parse(invite.expiresAt) > now;
}

function put(roomId: string, invites: readonly InviteCreated[]): void {
  made.set(roomId, invites);
  for (const listener of listeners) listener();
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => listeners.delete(onChange);
}
