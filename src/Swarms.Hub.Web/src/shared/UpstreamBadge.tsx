import type { ServerDescription } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import './UpstreamBadge.css';

/** Names the upstream, so that nobody takes the simulator's words for a model's. */
export function UpstreamBadge({ server }: { server: ServerDescription | undefined }) {
  const { t } = useLanguage();
  if (!server) return null;

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
