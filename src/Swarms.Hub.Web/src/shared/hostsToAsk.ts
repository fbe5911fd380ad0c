import { createContext } from 'react';

/** The names of the hosts who are in the room now, for what a member may not do; undefined outside of a room. */
export const HostsToAskContext = createContext<readonly string[] | undefined>(undefined);

const most = 3;

/** Returns a few of the names as a list. */
export function namesToAsk(names: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(names.slice(0, most));
}
