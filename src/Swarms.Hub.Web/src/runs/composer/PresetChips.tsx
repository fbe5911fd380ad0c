import type { AgentPreset } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';

/** The prepared tasks of the chosen agent, one press away. */
export function PresetChips({ presets, onPreset }: { presets: readonly AgentPreset[]; onPreset: (prompt: string) => void }) {
  const { t } = useLanguage();
  if (presets.length === 0) return null;

  return (
    <div className="presets" role="group" aria-label={t('composer.presets')}>
      {presets.map(({ title, prompt }, i) => (
        <button key={i} type="button" title={prompt} onClick={() => onPreset(prompt)}>
          {title}
        </button>
      ))}
    </div>
  );
}
