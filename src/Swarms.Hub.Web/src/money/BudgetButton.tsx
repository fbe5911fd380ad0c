import { useLanguage } from '../language/useLanguage';
import type { RoomViewModel } from '../room/useRoomView';
import { Meter } from './Meter';
import { metersOf, partsOf } from './meters';

/** The room's budget at a glance: the limit that is nearest to its end. It leads to the spending. */
export function BudgetButton({ view, onShow }: { view: RoomViewModel; onShow: () => void }) {
  const { t } = useLanguage();
  const budget = view.room?.settings?.budget;
  const meters = metersOf({ cost: budget?.roomCost, tokens: budget?.roomTokens }, view.spending?.total, view.runs).map(figures => {
    const { used, reserved } = partsOf(figures);
    return { figures, part: used + reserved };
  });
  const nearest = meters.sort((one, other) => other.part - one.part)[0];
  if (!nearest) return null;

  return (
    <span className="budget-glance not-narrow">
      <Meter figures={nearest.figures} label={t(`meter.${nearest.figures.unit}`, { of: t('meter.room') })} isShort />
      <button className="quiet" title={t('spending.title')} onClick={onShow}>
        {t('meter.short', { percent: Math.floor(nearest.part * 100) })}
      </button>
    </span>
  );
}
