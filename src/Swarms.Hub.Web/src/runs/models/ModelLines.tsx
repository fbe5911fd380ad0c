import type { Run } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';

/** The card says here what a model does beside its text: it thinks, wants tools called, or was stopped. */
export function ModelLines({ run }: { run: Run }) {
  const { t } = useLanguage();
  const isThinking = run.state === 'running' && run.reasoningLength !== undefined && (run.text ?? '') === '';
  return (
    <>
      {isThinking && <p className="hint">{t('run.thinking')}</p>}
      {run.toolCalls?.map((call, i) => (
        <p className="hint" key={i} title={call.arguments}>
          {t('run.callsTool', { tool: call.name })}
        </p>
      ))}
      {run.finishReason === 'length' && <p className="hint">{t('run.stoppedByLength')}</p>}
      {run.finishReason === 'content_filter' && <p className="hint">{t('run.stoppedByFilter')}</p>}
    </>
  );
}
