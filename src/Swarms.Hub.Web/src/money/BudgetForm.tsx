import { useState } from 'react';
import type { RoomBudget, RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { budgetOf, costLimits, draftOf, numberLimits } from './budgetDraft';
import './BudgetForm.css';

interface BudgetFormProps {
  readonly client: RoomClient;
  readonly budget: RoomBudget | undefined;
  readonly isFromRoom: boolean;
}

/** The limits of the room's spending. The hub takes a budget as a whole, so they are saved together. */
export function BudgetForm({ client, budget, isFromRoom }: BudgetFormProps) {
  const { t } = useLanguage();
  const [draft, setDraft] = useState(draftOf(budget));
  const save = useAction(() => client.changeSettings({ budget: budgetOf(draft, budget) }));
  const isSame = JSON.stringify(draft) === JSON.stringify(draftOf(budget));
  const field = (name: (typeof costLimits)[number] | (typeof numberLimits)[number], step: number | 'any', min: number) => (
    <label key={name}>
      {t(`budget.${name}`)}
      <input
        type="number"
        inputMode={step === 'any' ? 'decimal' : 'numeric'}
        min={min}
        step={step}
        value={draft[name]}
        autoComplete="off"
        onChange={event => setDraft({ ...draft, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <form
      className="budget"
      aria-label={t('budget.title')}
      onSubmit={event => {
        event.preventDefault();
        void save.run();
      }}
    >
      <h3>
        {t('budget.title')} {budget && <small>{t(isFromRoom ? 'rules.fromRoom' : 'rules.fromHub')}</small>}
      </h3>
      <p className="hint">{t('budget.hint')}</p>
      <div className="limits">
        {field('roomCost', 'any', 0)}
        {field('roomTokens', 1, 0)}
        {field('memberCost', 'any', 0)}
        {field('memberTokens', 1, 0)}
        {field('modelCost', 'any', 0)}
        {field('modelTokens', 1, 0)}
        {field('maxTokens', 1, 1)}
        {field('memberRunsPerHour', 1, 1)}
        {field('parallelRuns', 1, 1)}
      </div>
      <label>
        {t('budget.models')}
        <input
          value={draft.models}
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          onChange={event => setDraft({ ...draft, models: event.target.value })}
        />
      </label>
      <label className="choice">
        <input type="checkbox" checked={draft.hardStop} onChange={event => setDraft({ ...draft, hardStop: event.target.checked })} />
        <span>{t('budget.hardStop')}</span>
      </label>
      <Problem text={save.error} />
      <div className="dialog-tools">
        <button disabled={save.isBusy || isSame}>{t('budget.save')}</button>
      </div>
    </form>
  );
}
