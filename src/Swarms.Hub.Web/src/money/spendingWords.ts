import type { RunReservation, SpendingFigures } from 'swarms-hub-client';
import type { Language } from '../language/language';

/** A sum and, beside it, the runs of which the upstream stated nothing. */
export interface SumInWords {
  /** Empty where nothing was stated: that is no 0. */
  readonly sum: string;
  readonly unknown: string | undefined;
}

export function tokensInWords({ t, number }: Language, { totalTokens, unknownTokens }: SpendingFigures): SumInWords {
  return {
    sum: totalTokens === 0 && unknownTokens > 0 ? '' : number(totalTokens),
    unknown: unknownTokens === 0 ? undefined : t('spending.unknownTokens', { count: unknownTokens }),
  };
}

export function costInWords({ t, amount }: Language, { cost, unknownCosts }: SpendingFigures): SumInWords {
  return {
    sum: cost === null ? '' : amount(cost),
    unknown: unknownCosts === 0 ? undefined : t('spending.unknownCosts', { count: unknownCosts }),
  };
}

/** Lists tokens and a cost; those that are not there are left out. */
export function amountsInWords({ t, amount }: Language, tokens: number | undefined, cost: string | null | undefined): string {
  const parts: string[] = [];
  if (tokens !== undefined && tokens !== 0) parts.push(t('run.tokens', { count: tokens }));
  if (cost !== undefined && cost !== null) parts.push(amount(cost));
  return parts.join(', ');
}

/** The part of a budget that a run holds; undefined if it holds none. */
export function reservedInWords(language: Language, reserved: RunReservation | undefined): string | undefined {
  const what = amountsInWords(language, reserved?.tokens, reserved?.estimatedCost);
  return what === '' ? undefined : language.t('run.reserved', { what });
}
