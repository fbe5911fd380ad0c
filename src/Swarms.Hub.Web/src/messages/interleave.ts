import type { Message, Run } from 'swarms-hub-client';

/** A run, or the messages that stand between two runs. */
export type StreamPart = { readonly run: Run } | { readonly messages: readonly Message[] };

/**
 * Puts messages between runs, in the order of the log. Each list keeps its own order. A message of the same millisecond stands before the
 * run: a mention starts its run.
 */
export function interleave(runs: readonly Run[], messages: readonly Message[]): StreamPart[] {
  const parts: StreamPart[] = [];
  let next = 0;
  const take = (isDue: (message: Message) => boolean) => {
    const first = next;
    while (next < messages.length && isDue(messages[next]!)) next++;
    if (next > first) parts.push({ messages: messages.slice(first, next) });
  };
  for (const run of runs) {
    take(({ at, sequence }) => sequence === run.message || Date.parse(at) <= Date.parse(run.queuedAt));
    parts.push({ run });
  }

  take(() => true);
  return parts;
}
