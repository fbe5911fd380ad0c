import { useEffect, useState } from 'react';
import type { HubClient } from '../HubClient.js';
import type { ServerDescription } from '../Protocol/Server/ServerDescription.js';

/** The hub's description of itself; undefined until the hub has answered. It is asked once for each mount. */
export function useServer(hub: HubClient): ServerDescription | undefined {
  const [server, setServer] = useState<ServerDescription>();
  useEffect(() => {
    let isCurrent = true;
    hub.getServer().then(
      description => isCurrent && setServer(description),
      () => {
        // The connection of a room says that the hub cannot be reached.
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [hub]);
  return server;
}
