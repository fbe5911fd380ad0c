import type { ConnectionState, ConnectionTransport } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import './Connection.css';

interface ConnectionProps {
  readonly state: ConnectionState;
  readonly transport: ConnectionTransport;
}

export function Connection({ state, transport }: ConnectionProps) {
  const { t } = useLanguage();
  return (
    <span className="connection" data-state={state} role="status">
      {t(`connection.${state}`)}{' '}
      {state === 'live' && transport === 'longPolling' && (
        <span className="transport" title={t('connection.noWebSocketsHint')}>
          {t('connection.noWebSockets')}
        </span>
      )}
    </span>
  );
}
