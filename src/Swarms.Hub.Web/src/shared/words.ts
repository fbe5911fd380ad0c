import { ErrorCodes, HubClientError } from 'swarms-hub-client';
import type { Language } from '../language/language';
import { namesToAsk } from './hostsToAsk';

/** Says what went wrong, for people, and whom to ask about what one may not do. The hub's own sentences come in English. */
export function inWords({ t, code }: Pick<Language, 't' | 'code'>, error: unknown, hosts?: readonly string[]): string {
  if (!(error instanceof HubClientError)) return error instanceof Error ? error.message : String(error);

  if (error.code === HubClientError.hubUnreachable) return t('problem.unreachable');

  const { message, retryAfter } = error;
  // The hub names hosts where the room's settings refuse; a role that is too low is refused without a name.
  if (error.code === ErrorCodes.forbidden && hosts !== undefined && !hosts.some(host => message.includes(host)))
    return `${message} ${hosts.length === 0 ? t('ask.none') : t('ask.one', { names: namesToAsk(hosts, code) })}`;

  return retryAfter === undefined ? message : t('problem.retryAfter', { message, seconds: retryAfter });
}
