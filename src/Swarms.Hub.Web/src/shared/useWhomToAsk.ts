import { useContext } from 'react';
import { useLanguage } from '../language/useLanguage';
import { HostsToAskContext, namesToAsk } from './hostsToAsk';

/** The sentence that says whom one asks for what one may not do. */
export function useWhomToAsk(): string {
  const { t, code } = useLanguage();
  const hosts = useContext(HostsToAskContext) ?? [];
  return hosts.length === 0 ? t('ask.none') : t('ask.one', { names: namesToAsk(hosts, code) });
}
