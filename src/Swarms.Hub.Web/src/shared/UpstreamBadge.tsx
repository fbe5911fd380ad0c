import type { ServerDescription } from 'swarms-hub-client';
import './UpstreamBadge.css';

/** Names the upstream, so that nobody takes the simulator's words for a model's. */
export function UpstreamBadge({ server }: { server: ServerDescription | undefined }) {
  if (!server) return null;

  return server.upstream.kind === 'simulator' ? (
    <span className="badge simulator" title="No key for the Swarms API is configured, so the hub makes up the answers itself.">
      Simulator: no real model answers
    </span>
  ) : (
    <span className="badge" title="Runs are sent to this upstream.">
      {server.upstream.host ?? 'Swarms API'}
    </span>
  );
}
