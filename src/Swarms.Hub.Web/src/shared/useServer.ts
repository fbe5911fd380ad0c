import { useEffect, useState } from 'react';
import type { ServerDescription } from 'swarms-hub-client';
import { hub } from './hub';

/** Returns the hub's description of itself; undefined until the hub has answered. */
export function useServer(): ServerDescription | undefined {
  const [server, setServer] = useState<ServerDescription>();
  useEffect(() => {
    let isCurrent = true;
    hub.getServer().then(
      description => isCurrent && setServer(description),
      () => {
        // The page says elsewhere that the hub cannot be reached.
      },
    );
    return () => {
      isCurrent = false;
    };
  }, []);
  return server;
}
