import { BudgetScopes, type BudgetWarnedPayload, type RoomBudget, type RoomSpending, type SpendingFigures } from 'swarms-hub-client';

/** The part of a limit from which on it is nearly used up, as in the hub's own warnings. */
export const nearly = 0.8;

/** A limit that is nearly or wholly used up. */
export interface BudgetNotice {
  readonly scope: 'room' | 'own' | 'model' | 'hub';
  /** Of a limit for each model. */
  readonly model?: string;
  readonly isUsedUp: boolean;
}

/**
 * Lists the limits that concern a member and are nearly used up: the room's, each model's and its own. Others' are their own affair. It
 * compares what the hub stated with the limits; the hub itself decides with all digits, and counts runs that go on.
 */
export function budgetNotices(
  budget: RoomBudget | undefined,
  spending: RoomSpending | undefined,
  warnings: readonly BudgetWarnedPayload[],
  memberId: string | undefined,
): BudgetNotice[] {
  const notices: BudgetNotice[] = [];
  const add = (notice: Omit<BudgetNotice, 'isUsedUp'>, used: number) => {
    if (used >= nearly) notices.push({ ...notice, isUsedUp: used >= 1 });
  };
  const warned = (scope: string, key?: string) => (warnings.some(warning => warning.scope === scope && warning.key === key) ? nearly : 0);
  const own = spending?.members.find(({ key }) => key !== undefined && key === memberId);
  const room = share(spending?.total, budget?.roomCost, budget?.roomTokens);
  add({ scope: 'room' }, Math.max(room, warned(BudgetScopes.room)));
  add(
    { scope: 'own' },
    Math.max(share(own, budget?.memberCost, budget?.memberTokens), memberId === undefined ? 0 : warned(BudgetScopes.member, memberId)),
  );
  for (const model of modelsOf(spending, warnings)) {
    const row = spending?.models.find(({ key }) => key === model);
    add({ scope: 'model', model }, Math.max(share(row, budget?.modelCost, budget?.modelTokens), warned(BudgetScopes.model, model)));
  }

  add({ scope: 'hub' }, warned(BudgetScopes.hub));
  return notices;
}

/** The name of a notice, for those who have dismissed it. */
export function nameOf({ scope, model, isUsedUp }: BudgetNotice): string {
  return `${scope} ${isUsedUp} ${model ?? ''}`;
}

/** The used part of the limit that is nearest to its end; 0 without limits. No such number is shown. */
function share(figures: SpendingFigures | undefined, cost: string | undefined, tokens: number | undefined): number {
  if (!figures) return 0;

  const ofCost = cost === undefined ? 0 : partOf(Number(figures.cost) + Number(figures.heldCost), Number(cost));
  const ofTokens = tokens === undefined ? 0 : partOf(figures.totalTokens + figures.heldTokens, tokens);
  return Math.max(ofCost, ofTokens);
}

/** The used part of a limit, from 0 to 1 and beyond; a limit of 0 is used up. For widths and comparisons only. */
export function partOf(used: number, limit: number): number {
  return limit === 0 ? 1 : used / limit;
}

function modelsOf(spending: RoomSpending | undefined, warnings: readonly BudgetWarnedPayload[]): Set<string> {
  const warned = warnings.filter(({ scope }) => scope === BudgetScopes.model);
  return new Set([...(spending?.models ?? []), ...warned].flatMap(({ key }) => key ?? []));
}
