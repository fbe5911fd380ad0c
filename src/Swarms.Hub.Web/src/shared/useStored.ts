import { useState } from 'react';
import { read, write } from './storage';

/** A form field that this device remembers. */
export function useStored(name: string, initial: string): [string, (value: string) => void] {
  const key = `swarms-hub.${name}`;
  const [value, setValue] = useState(() => {
    const stored = read(key);
    return typeof stored === 'string' ? stored : initial;
  });
  const store = (next: string) => {
    setValue(next);
    write(key, next);
  };
  return [value, store];
}
