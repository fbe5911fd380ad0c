import type { RoomAgent } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';

interface RoomAgentChoiceProps {
  readonly agents: readonly RoomAgent[];
  /** Whether an agent of one's own is no choice. */
  readonly mustChoose: boolean;
  /** Undefined: an agent of one's own. */
  readonly chosen: RoomAgent | undefined;
  readonly onChoose: (id: string) => void;
  readonly onPreset: (prompt: string) => void;
}

/** The choice among the room's agents, and the prompts that are ready for the chosen one. */
export function RoomAgentChoice({ agents, mustChoose, chosen, onChoose, onPreset }: RoomAgentChoiceProps) {
  const { t } = useLanguage();
  return (
    <>
      <label>
        {t('composer.roomAgent')}
        <select value={chosen?.id ?? ''} onChange={event => onChoose(event.target.value)}>
          {!mustChoose && <option value="">{t('composer.ownAgent')}</option>}
          {agents.map(agent => (
            <option key={agent.id} value={agent.id}>
              {agent.name}
            </option>
          ))}
        </select>
      </label>
      {chosen && chosen.presets.length > 0 && (
        <label>
          {t('composer.preset')}
          <select value="" onChange={event => onPreset(chosen.presets[Number(event.target.value)]?.prompt ?? '')}>
            <option value="">{t('composer.choosePreset')}</option>
            {chosen.presets.map((preset, i) => (
              <option key={i} value={i}>
                {preset.title}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}
