import { useAction as useActionOfRoom } from 'swarms-hub-client/react';
import { useLanguage } from '../language/useLanguage';
import { inWords } from './words';

/** Runs the action of a button or form. `isBusy` holds while it runs; `error` says in words why the last one failed. */
export function useAction<T extends unknown[]>(action: (...args: T) => Promise<unknown>) {
  const { t } = useLanguage();
  const { run, isBusy, error } = useActionOfRoom(action);
  return { run, isBusy, error: error === undefined ? undefined : inWords(t, error) };
}
