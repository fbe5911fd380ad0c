import type { ConnectionState } from 'swarms-hub-client';
import './Connection.css';

const words: Record<ConnectionState, string> = {
  live: 'Live',
  catchingUp: 'Catching up',
  reconnecting: 'Reconnecting',
  offline: 'Offline, trying again',
  ended: 'Ended',
};

export function Connection({ state }: { state: ConnectionState }) {
  return (
    <span className="connection" data-state={state} role="status">
      {words[state]}
    </span>
  );
}
