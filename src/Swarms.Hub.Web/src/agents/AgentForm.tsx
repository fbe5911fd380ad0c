import { useState } from 'react';
import type { RoomAgent, RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { ModelInput } from '../runs/models/ModelInput';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { fieldsOf, idOf, requestOf, type AgentFields } from './agentFields';
import { PresetFields } from './PresetFields';
import { SecretFields } from './SecretFields';

interface AgentFormProps {
  readonly client: RoomClient;
  /** Undefined to add one. */
  readonly agent: RoomAgent | undefined;
  readonly onDone: () => void;
}

export function AgentForm({ client, agent, onDone }: AgentFormProps) {
  const { t } = useLanguage();
  const [fields, setFields] = useState(() => fieldsOf(agent));
  const change = (changed: Partial<AgentFields>) => setFields({ ...fields, ...changed });
  const id = agent?.id ?? (fields.id === '' ? idOf(fields.name) : fields.id);
  const save = useAction(async () => {
    await client.setAgent(id, requestOf(fields, agent));
    onDone();
  });
  return (
    <form
      className="agent-form"
      onSubmit={event => {
        event.preventDefault();
        void save.run();
      }}
    >
      <label>
        {t('common.name')}
        <input value={fields.name} onChange={event => change({ name: event.target.value })} required maxLength={100} dir="auto" />
      </label>
      <label>
        {t('agents.id')}
        <input
          value={id}
          onChange={event => change({ id: event.target.value })}
          required
          readOnly={agent !== undefined}
          pattern="[a-z0-9\-]{1,40}"
          title={t('agents.idHint')}
          spellCheck={false}
        />
      </label>
      <ModelInput client={client} value={fields.model} onChange={model => change({ model })} isRequired />
      <label>
        {t('agents.temperature')}
        <input
          type="number"
          min="0"
          max="2"
          step="any"
          value={fields.temperature}
          onChange={event => change({ temperature: event.target.value })}
        />
      </label>
      <label>
        {t('agents.maxTokens')}
        <input type="number" min="1" max="1000000" value={fields.maxTokens} onChange={event => change({ maxTokens: event.target.value })} />
      </label>
      <label className="wide">
        {t('composer.systemPrompt')}
        <textarea
          value={fields.systemPrompt}
          onChange={event => change({ systemPrompt: event.target.value })}
          rows={4}
          maxLength={16_384}
          dir="auto"
          placeholder={t('composer.systemPromptExample')}
        />
      </label>
      <label className="choice wide">
        <input type="checkbox" checked={fields.answersMentions} onChange={event => change({ answersMentions: event.target.checked })} />
        <span>{t('agents.answersMentions', { id })}</span>
      </label>
      <PresetFields presets={fields.presets} onPresets={presets => change({ presets })} />
      <SecretFields secrets={fields.secrets} onSecrets={secrets => change({ secrets })} />
      <Problem text={save.error} />
      <div className="dialog-tools wide">
        <button type="button" onClick={onDone}>
          {t('agents.back')}
        </button>
        <button className="primary" disabled={save.isBusy}>
          {t('agents.save')}
        </button>
      </div>
    </form>
  );
}
