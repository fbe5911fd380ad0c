import type { ConnectionState } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import './Connection.css';

export function Connection({ state }: { state: ConnectionState }) {
  const { t } = useLanguage();
  return (
    <span className="connection" data-state={state} role="status">
      {t(`connection.${state}`)}
    </span>
  );
}
