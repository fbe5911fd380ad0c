import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { PayloadFields } from '../../PayloadFields.js';

/** The place of a run in its group. */
export interface GroupPlace {
  /** The group's id. */
  readonly id: string;
  /** The run's number in the group, from 1. In a blind group the numbers are in random order. */
  readonly number: number;
}

export const GroupPlace = {
  /** Reads the object of an event; undefined without an id. */
  read(group: RoomEvent['data']): GroupPlace | undefined {
    const id = PayloadFields.text(group, 'id');
    return id === undefined ? undefined : { id, number: PayloadFields.number(group, 'number') ?? 0 };
  },
};
