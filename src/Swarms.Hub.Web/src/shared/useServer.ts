import { useEffect, useState } from 'react';
import type { ServerDescription } from 'swarms-hub-client';
import { hub } from './hub';

/** What the hub says about itself; undefined until it did. */
export function useServer(): ServerDescription | undefined {
  const [server, setServer] = useState<ServerDescription>();
  useEffect(() => {
    let isCurrent = true;
    hub.getServer().then(
      description => isCurrent && setServer(description),
      () => { /* The page says elsewhere that the hub cannot be reached. */ },
    );
    return () => { isCurrent = false; };
  }, []);
  return server;
}
