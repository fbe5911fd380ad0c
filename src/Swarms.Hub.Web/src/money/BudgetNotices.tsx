import { useState } from 'react';
import { useLanguage } from '../language/useLanguage';
import type { RoomViewModel } from '../room/useRoomView';
import { budgetNotices, nameOf, type BudgetNotice } from './budgetNotices';
import './BudgetNotices.css';

interface BudgetNoticesProps {
  readonly view: RoomViewModel;
  /** Shows the spending; undefined for those who may not see it. */
  readonly onShow: (() => void) | undefined;
}

/** Says which limits are nearly or wholly used up, until that is dismissed. */
export function BudgetNotices({ view, onShow }: BudgetNoticesProps) {
  const { t } = useLanguage();
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const all = budgetNotices(view.room?.settings?.budget, view.spending, view.budgetWarnings, view.me?.id);
  const notices = all.filter(notice => !dismissed.includes(nameOf(notice)));
  const words = ({ scope, model = '', isUsedUp }: BudgetNotice) => t(`budget.${isUsedUp ? 'over' : 'near'}.${scope}`, { model });
  if (notices.length === 0) return null;

  return (
    <div className="notice budget-notice" role="status">
      <span>{notices.map(words).join(' ')}</span>
      {onShow && <button onClick={onShow}>{t('spending.title')}</button>}
      <button className="quiet" onClick={() => setDismissed(all.map(nameOf))}>
        {t('common.close')}
      </button>
    </div>
  );
}
