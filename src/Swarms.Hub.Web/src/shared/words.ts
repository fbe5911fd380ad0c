import { HubClientError } from 'swarms-hub-client';
import type { Language } from '../language/language';

/** Says what went wrong, for people. The hub's own sentences come in English. */
export function inWords(t: Language['t'], error: unknown): string {
  if (!(error instanceof HubClientError)) return error instanceof Error ? error.message : String(error);

  if (error.code === HubClientError.hubUnreachable) return t('problem.unreachable');

  const { message, retryAfter } = error;
  return retryAfter === undefined ? message : t('problem.retryAfter', { message, seconds: retryAfter });
}
