import { useLanguage } from '../language/useLanguage';
import { nearly } from './budgetNotices';
import { meterInWords, partsOf, type MeterFigures } from './meters';
import './Meter.css';

interface MeterProps {
  readonly figures: MeterFigures;
  readonly label: string;
  /** Without the words beside it. */
  readonly isShort?: boolean;
}

/** How much of a limit is used, how much runs hold reserved, and how much is left. From 80 % on it warns. */
export function Meter({ figures, label, isShort = false }: MeterProps) {
  const language = useLanguage();
  const { used, reserved } = partsOf(figures);
  const percent = Math.floor((used + reserved) * 100);
  const words = meterInWords(language, figures);
  return (
    <span className="budget-meter" data-level={used >= 1 ? 'over' : used + reserved >= nearly ? 'near' : 'fine'}>
      <span
        className="budget-bar"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={words}
        title={isShort ? `${label}: ${words}` : undefined}
      >
        <span className="budget-used" style={{ inlineSize: `${used * 100}%` }} />
        <span className="budget-reserved" style={{ inlineSize: `${reserved * 100}%` }} />
      </span>
      {!isShort && <small>{words}</small>}
    </span>
  );
}
