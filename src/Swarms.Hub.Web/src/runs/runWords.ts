import { ErrorCodes, type Run, type RunError, type Usage } from 'swarms-hub-client';
import type { Language } from '../language/language';

export function runStateInWords({ t, time }: Language, run: Run): string {
  switch (run.state) {
    case 'proposed':
      return t('run.state.proposed');
    case 'queued':
      if (run.waitingUntil !== undefined) return t('run.state.waiting', { time: time(run.waitingUntil) });

      return run.position ? t('run.state.queued', { position: run.position }) : t('run.state.starting');
    case 'running':
      return t(run.text === '' ? 'run.state.thinking' : 'run.state.writing');
    default:
      return t(`run.state.${run.state}`);
  }
}

/** The agent's name; a blind race numbers its agents. */
export function runName(t: Language['t'], run: Run): string {
  if (run.agent.name !== null) return run.agent.name;

  return run.group !== undefined && run.removedAt === undefined
    ? t('race.agent', { number: run.group.number })
    : t(run.kind === 'swarm' ? 'run.swarm' : 'run.agent');
}

/** Says why a run failed, in the upstream's own words if it gave any. */
export function runErrorInWords(t: Language['t'], { code, message }: RunError): string {
  switch (code) {
    case ErrorCodes.upstreamRejected:
      return t('run.rejected', { message });
    case ErrorCodes.upstreamError:
      return t('run.upstreamFailed', { message });
    default:
      return message;
  }
}

/** Lists the figures that the upstream stated. */
export function usageInWords({ t, dollars }: Language, { totalTokens, inputTokens, outputTokens, cost }: Usage): string[] {
  const parts: string[] = [];
  if (totalTokens !== null) parts.push(t('run.tokens', { count: totalTokens }));
  if (inputTokens !== null && outputTokens !== null) parts.push(t('run.inAndOut', { input: inputTokens, output: outputTokens }));
  if (cost !== null) parts.push(dollars(cost));
  return parts;
}

/** The name of the host who hid or removed a run. */
export function moderatorOf(run: Run, names: ReadonlyMap<string, string>): string | undefined {
  return names.get(run.removedBy ?? run.hiddenBy ?? '');
}
