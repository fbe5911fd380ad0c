import { ErrorCodes, type Run, type RunError, type Usage } from 'swarms-hub-client';

export function runStateInWords(run: Run): string {
  switch (run.state) {
    case 'queued':
      return run.position ? `Waiting, number ${run.position} in the queue` : 'Starting';
    case 'running':
      return run.text === '' ? 'Thinking' : 'Writing';
    case 'done':
      return 'Done';
    case 'error':
      return 'Failed';
    case 'cancelled':
      return 'Cancelled';
    case 'interrupted':
      return 'Interrupted';
  }
}

/** Says why a run failed, in the upstream's own words if it gave any. */
export function runErrorInWords(error: RunError): string {
  switch (error.code) {
    case ErrorCodes.upstreamRejected:
      return `The upstream refused this run: ${error.message}`;
    case ErrorCodes.upstreamError:
      return `The upstream failed: ${error.message}`;
    default:
      return error.message;
  }
}

/** Lists the figures that the upstream stated. */
export function usageInWords(usage: Usage): string[] {
  const parts: string[] = [];
  if (usage.totalTokens !== null) parts.push(`${number(usage.totalTokens)} tokens`);
  if (usage.inputTokens !== null && usage.outputTokens !== null)
    parts.push(`${number(usage.inputTokens)} in, ${number(usage.outputTokens)} out`);
  if (usage.cost !== null) parts.push(`$${usage.cost.toLocaleString('en', { maximumFractionDigits: 12 })}`);
  return parts;
}

export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
