import type { ServerDescription } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import './UpstreamBadge.css';

interface UpstreamBadgeProps {
  readonly server: ServerDescription | undefined;
  /** Shows how to connect a real model in the simulator's place, for those whom it concerns. */
  readonly onConnect?: (() => void) | undefined;
}

/** Names the upstream, so that nobody takes the simulator's words for a model's. */
export function UpstreamBadge({ server, onConnect }: UpstreamBadgeProps) {
  const { t } = useLanguage();
  if (!server) return null;

  if (server.upstream.kind === 'simulator' && onConnect) {
    return (
      <button type="button" className="badge simulator" title={t('connect.title')} onClick={onConnect}>
        {t('upstream.simulator')}
      </button>
    );
  }

  return server.upstream.kind === 'simulator' ? (
    <span className="badge simulator" title={t('upstream.simulatorHint')}>
      {t('upstream.simulator')}
    </span>
  ) : (
    <span className="badge" title={t('upstream.hint')}>
      {server.upstream.host ?? t('upstream.swarms')}
    </span>
  );
}
