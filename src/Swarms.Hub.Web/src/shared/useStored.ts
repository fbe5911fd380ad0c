import { useState } from 'react';
import { read, write } from './visited';

/** A form field that this device remembers. */
export function useStored(name: string, initial: string): [string, (value: string) => void] {
  const key = `swarms-hub.${name}`;
  const [value, setValue] = useState(() => read(key, initial));
  return [value, next => {
    setValue(next);
    write(key, next);
  }];
}
