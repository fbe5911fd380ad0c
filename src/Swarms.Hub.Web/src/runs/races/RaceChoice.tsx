import { RunGroup, type RoomAgent } from 'swarms-hub-client';
import { useLanguage } from '../../language/useLanguage';

interface RaceChoiceProps {
  readonly agents: readonly RoomAgent[];
  readonly chosen: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
  readonly isBlind: boolean;
  readonly onBlind: (isBlind: boolean) => void;
}

/** The choice of the agents that get one task side by side. */
export function RaceChoice({ agents, chosen, onChoose, isBlind, onBlind }: RaceChoiceProps) {
  const { t } = useLanguage();
  return (
    <fieldset className="race-choice">
      <legend>{t('race.choose', { most: RunGroup.maxRuns })}</legend>
      {agents.map(({ id, name }) => {
        const isChosen = chosen.includes(id);
        return (
          <label className="choice" key={id}>
            <input
              type="checkbox"
              checked={isChosen}
              disabled={!isChosen && chosen.length >= RunGroup.maxRuns}
              onChange={() => onChoose(isChosen ? chosen.filter(other => other !== id) : [...chosen, id])}
            />
            <bdi>{name}</bdi>
          </label>
        );
      })}
      <label className="choice">
        <input type="checkbox" checked={isBlind} onChange={event => onBlind(event.target.checked)} />
        <span>{t('race.blind')}</span>
      </label>
    </fieldset>
  );
}
