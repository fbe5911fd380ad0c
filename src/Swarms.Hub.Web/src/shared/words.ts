import { HubClientError } from 'swarms-hub-client';

/** Says what went wrong, for people. */
export function inWords(error: unknown): string {
  if (!(error instanceof HubClientError)) return error instanceof Error ? error.message : String(error);

  if (error.code === HubClientError.hubUnreachable) return 'The hub cannot be reached. Check your connection and try again.';

  return error.retryAfter === undefined ? error.message : `${error.message} Try again in ${error.retryAfter} s.`;
}

export function time(at: string): string {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(undefined, isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' });
}
