import { useState } from 'react';
import { useLanguage } from '../language/useLanguage';
import type { RoomViewModel } from '../room/useRoom';
import { budgetNotices, nameOf, type BudgetNotice } from './budgetNotices';
import './BudgetNotices.css';

interface BudgetNoticesProps {
  readonly view: RoomViewModel;
  /** Shows the spending; undefined for those who may not see it. */
  readonly onShow: (() => void) | undefined;
}

/** Says that a limit is nearly or wholly used up, until that is dismissed. */
export function BudgetNotices({ view, onShow }: BudgetNoticesProps) {
  const { t } = useLanguage();
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const notices = budgetNotices(view.room?.settings?.budget, view.spending, view.budgetWarnings, view.me?.id);
  const words = ({ scope, model = '', isUsedUp }: BudgetNotice) => t(`budget.${isUsedUp ? 'over' : 'near'}.${scope}`, { model });
  return notices
    .filter(notice => !dismissed.includes(nameOf(notice)))
    .map(notice => (
      <div key={nameOf(notice)} className="notice budget-notice" role="status">
        <span>{words(notice)}</span>
        {onShow && <button onClick={onShow}>{t('spending.title')}</button>}
        <button className="quiet" onClick={() => setDismissed([...dismissed, nameOf(notice)])}>
          {t('common.close')}
        </button>
      </div>
    ));
}
