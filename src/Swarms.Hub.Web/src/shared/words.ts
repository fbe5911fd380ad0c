import { ErrorCodes, HubClientError, type Run, type RunError, type Usage } from 'swarms-hub-client';

/** What went wrong, for people. */
export function inWords(error: unknown): string {
  if (!(error instanceof HubClientError))
    return error instanceof Error ? error.message : String(error);

  if (error.code === HubClientError.hubUnreachable)
    return 'The hub cannot be reached. Check your connection and try again.';

  return error.retryAfter === undefined ? error.message : `${error.message} Try again in ${error.retryAfter} s.`;
}

export function runStateInWords(run: Run): string {
  switch (run.state) {
    case 'queued': return run.position ? `Waiting, number ${run.position} in the queue` : 'Starting';
    case 'running': return run.text === '' ? 'Thinking' : 'Writing';
    case 'done': return 'Done';
    case 'error': return 'Failed';
    case 'cancelled': return 'Cancelled';
    case 'interrupted': return 'Interrupted';
  }
}

/** Why a run failed, with the upstream's own words where it gave any. */
export function runErrorInWords(error: RunError): string {
  switch (error.code) {
    case ErrorCodes.upstreamRejected: return `The upstream refused this run: ${error.message}`;
    case ErrorCodes.upstreamError: return `The upstream failed: ${error.message}`;
    default: return error.message;
  }
}

/** Figures as the upstream states them; what it does not state is left out. */
export function usageInWords(usage: Usage): string[] {
  const parts: string[] = [];
  if (usage.totalTokens !== null)
    parts.push(`${number(usage.totalTokens)} tokens`);
  if (usage.inputTokens !== null && usage.outputTokens !== null)
    parts.push(`${number(usage.inputTokens)} in, ${number(usage.outputTokens)} out`);
  if (usage.cost !== null)
    parts.push(`$${usage.cost.toLocaleString('en', { maximumFractionDigits: 12 })}`);
  return parts;
}

export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export function time(at: string): string {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(undefined, isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' });
}

function number(value: number): string {
  return value.toLocaleString('en');
}
