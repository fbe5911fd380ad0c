import type { AgentPreset } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';

interface PresetFieldsProps {
  readonly presets: readonly AgentPreset[];
  readonly onPresets: (presets: readonly AgentPreset[]) => void;
}

/** The prompts that the room keeps ready for an agent. */
export function PresetFields({ presets, onPresets }: PresetFieldsProps) {
  const { t } = useLanguage();
  const change = (index: number, changed: Partial<AgentPreset>) =>
    onPresets(presets.map((preset, i) => (i === index ? { ...preset, ...changed } : preset)));
  return (
    <fieldset className="wide">
      <legend>{t('agents.presets')}</legend>
      {presets.map((preset, i) => (
        <div key={i} className="agent-row">
          <input
            value={preset.title}
            onChange={event => change(i, { title: event.target.value })}
            maxLength={100}
            required
            dir="auto"
            aria-label={t('agents.presetTitle', { number: i + 1 })}
            placeholder={t('agents.presetTitleExample')}
          />
          <textarea
            value={preset.prompt}
            onChange={event => change(i, { prompt: event.target.value })}
            rows={1}
            maxLength={2_000}
            required
            dir="auto"
            aria-label={t('agents.presetPrompt', { number: i + 1 })}
            placeholder={t('composer.taskExample')}
          />
          <button type="button" className="quiet" onClick={() => onPresets(presets.filter((_, other) => other !== i))}>
            {t('common.remove')}
          </button>
        </div>
      ))}
      <button
        type="button"
        className="quiet"
        disabled={presets.length >= 20}
        onClick={() => onPresets([...presets, { title: '', prompt: '' }])}
      >
        {t('agents.addPreset')}
      </button>
    </fieldset>
  );
}
