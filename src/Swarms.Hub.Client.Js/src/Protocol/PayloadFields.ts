import type { RoomEvent } from './Feed/RoomEvent.js';

type Data = RoomEvent['data'];

/** Reads fields of an event's data. A field of a wrong type counts as missing, because no event may stop a fold. */
export const PayloadFields = {
  text(data: Data, name: string): string | undefined {
    return typeof data[name] === 'string' ? data[name] : undefined;
  },

  number(data: Data, name: string): number | undefined {
    return Number.isSafeInteger(data[name]) ? (data[name] as number) : undefined;
  },

  figure(data: Data, name: string): number | undefined {
    return typeof data[name] === 'number' ? data[name] : undefined;
  },

  flag(data: Data, name: string): boolean | undefined {
    return typeof data[name] === 'boolean' ? data[name] : undefined;
  },

  /** Returns the texts of the array of this name; none if there is no such array. */
  texts(data: Data, name: string): string[] {
    return Array.isArray(data[name]) ? data[name].filter(item => typeof item === 'string') : [];
  },

  /** Returns the texts of the array of this name; null if there is no such array. */
  optionalTexts(data: Data, name: string): string[] | undefined {
    return Array.isArray(data[name]) ? PayloadFields.texts(data, name) : undefined;
  },

  /** Returns the whole numbers of the array of this name; none if there is no such array. */
  numbers(data: Data, name: string): number[] {
    return PayloadFields.list(data, name).filter((item): item is number => Number.isSafeInteger(item));
  },

  /** Returns the object of this name; nothing if there is none. */
  optionalObject(data: Data, name: string): Data | undefined {
    const value = data[name];
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data) : undefined;
  },

  /** Returns the object of this name; an empty one if there is none. */
  object(data: Data, name: string): Data {
    return typeof data[name] === 'object' && data[name] !== null ? (data[name] as Data) : {};
  },

  /** Returns the items of the list of this name; none if there is no list. */
  list(data: Data, name: string): readonly unknown[] {
    return Array.isArray(data[name]) ? data[name] : [];
  },

  isTrue(data: Data, name: string): boolean {
    return data[name] === true;
  },
};

/** The field where there is a value, and nothing where there is none. */
export function given<K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> {
  return (value === undefined ? {} : { [name]: value }) as Partial<Record<K, V>>;
}
