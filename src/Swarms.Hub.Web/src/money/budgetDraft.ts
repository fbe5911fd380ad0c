import type { RoomBudget } from 'swarms-hub-client';

/** The limits that are amounts of money. */
export const costLimits = ['roomCost', 'memberCost', 'modelCost'] as const;

/** The limits that are whole numbers. */
export const numberLimits = ['roomTokens', 'memberTokens', 'modelTokens', 'maxTokens', 'memberRunsPerHour', 'parallelRuns'] as const;

/** A budget as it stands in a form: an empty text is no limit. Amounts stay text, as the hub has them. */
export type BudgetDraft = Readonly<Record<(typeof costLimits)[number] | (typeof numberLimits)[number] | 'models', string>> & {
  readonly hardStop: boolean;
};

export function draftOf(budget: RoomBudget | undefined): BudgetDraft {
  const text = (value: string | number | undefined) => (value === undefined ? '' : String(value));
  return {
    roomCost: text(budget?.roomCost),
    memberCost: text(budget?.memberCost),
    modelCost: text(budget?.modelCost),
    roomTokens: text(budget?.roomTokens),
    memberTokens: text(budget?.memberTokens),
    modelTokens: text(budget?.modelTokens),
    maxTokens: text(budget?.maxTokens),
    memberRunsPerHour: text(budget?.memberRunsPerHour),
    parallelRuns: text(budget?.parallelRuns),
    models: budget?.models?.join(', ') ?? '',
    hardStop: budget?.hardStop === true,
  };
}

/** Returns the budget of a form that began with another one; null where nothing is limited. The hub says which values it does not take. */
export function budgetOf(draft: BudgetDraft, before: RoomBudget | undefined): RoomBudget | null {
  const budget: { -readonly [K in keyof RoomBudget]: RoomBudget[K] } = {};
  for (const name of costLimits) if (draft[name].trim() !== '') budget[name] = draft[name].trim();
  for (const name of numberLimits) if (draft[name].trim() !== '') budget[name] = Number(draft[name]);
  const models = draft.models === draftOf(before).models ? before?.models : namesIn(draft.models);
  if (models) budget.models = models;
  if (draft.hardStop) budget.hardStop = true;
  return Object.keys(budget).length === 0 ? null : budget;
}

function namesIn(text: string): string[] | undefined {
  const names = text.split(',').map(name => name.trim());
  const given = names.filter(name => name !== '');
  return given.length === 0 ? undefined : given;
}
