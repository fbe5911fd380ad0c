import type { RoomEvent } from './Feed/RoomEvent.js';

type Data = RoomEvent['data'];

/** Reads fields of an event's data. A field of another type than it should have is one that is not there: no event may stop a fold. */
export const PayloadFields = {
  text(data: Data, name: string): string | undefined {
    return typeof data[name] === 'string' ? data[name] : undefined;
  },

  number(data: Data, name: string): number | undefined {
    return Number.isSafeInteger(data[name]) ? data[name] as number : undefined;
  },

  figure(data: Data, name: string): number | undefined {
    return typeof data[name] === 'number' ? data[name] : undefined;
  },

  /** The object of that name; an empty one where there is none. */
  object(data: Data, name: string): Data {
    return typeof data[name] === 'object' && data[name] !== null ? data[name] as Data : {};
  },
};

/** The field where there is a value, and nothing where there is none. */
export function given<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [P in K]?: V };
}
