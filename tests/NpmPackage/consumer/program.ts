import { EventTypes, HubClient, type HubClientError, type RoomUpdate } from 'swarms-hub-client';
import { growingText, type GrowingText, type RoomConnection } from 'swarms-hub-client/react';

export async function tell(address: string): Promise<string> {
  const hub = new HubClient(address, { maxReconnectDelay: 1_000 });
  const room = await hub.createRoom('Story night', 'Ada');
  const text: GrowingText = growingText(room, 'run');
  for await (const update of room.watch()) if (isDone(update)) break;
  return text.get();
}

export function describe({ state, error }: RoomConnection): string {
  const reason: HubClientError | undefined = error;
  return `${state} ${reason?.code ?? ''}`;
}

function isDone(update: RoomUpdate): boolean {
  return update.kind === 'events' && update.events.some(event => event.type === EventTypes.done);
}
