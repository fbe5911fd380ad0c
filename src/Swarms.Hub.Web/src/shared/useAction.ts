import { useContext } from 'react';
import { useAction as useActionOfRoom } from 'swarms-hub-client/react';
import { useLanguage } from '../language/useLanguage';
import { HostsToAskContext } from './hostsToAsk';
import { inWords } from './words';

/** Runs the action of a button or form. `isBusy` holds while it runs; `error` says in words why the last one failed. */
export function useAction<T extends unknown[]>(action: (...args: T) => Promise<unknown>) {
  const language = useLanguage();
  const hosts = useContext(HostsToAskContext);
  const { run, isBusy, error } = useActionOfRoom(action);
  return { run, isBusy, error: error === undefined ? undefined : inWords(language, error, hosts) };
}
