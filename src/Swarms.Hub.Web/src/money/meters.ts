import { isEnding, type Run, type SpendingFigures } from 'swarms-hub-client';
import type { Language } from '../language/language';
import { partOf } from './budgetNotices';
import { leftOf, sumOf } from './decimals';

/** A limit, and what is used and reserved of it. */
export interface MeterFigures {
  readonly unit: 'cost' | 'tokens';
  /** Decimals as text. */
  readonly used: string;
  /** What open runs, and runs of unknown usage, hold of it. */
  readonly reserved: string;
  readonly left: string;
  readonly limit: string;
}

/** The limits of a budget's total or of one member's part, with what is used of them. `runs` are those that count. */
export function metersOf(
  limits: { readonly cost: string | undefined; readonly tokens: number | undefined },
  figures: SpendingFigures | undefined,
  runs: readonly Run[],
): MeterFigures[] {
  const reserved = runs.flatMap(run => (run.reserved && !isEnding(run.state) ? [run.reserved] : []));
  const meters: MeterFigures[] = [];
  const add = (unit: MeterFigures['unit'], limit: string, used: string, held: readonly string[]) => {
    const kept = sumOf(held);
    meters.push({ unit, used, reserved: kept, left: leftOf(limit, sumOf([used, kept])), limit });
  };
  if (limits.cost !== undefined) {
    const held = [...reserved.map(({ estimatedCost }) => estimatedCost ?? '0'), figures?.heldCost ?? '0'];
    add('cost', limits.cost, figures?.cost ?? '0', held);
  }

  if (limits.tokens !== undefined) {
    const held = [...reserved.map(({ tokens }) => String(tokens ?? 0)), String(figures?.heldTokens ?? 0)];
    add('tokens', String(limits.tokens), String(figures?.totalTokens ?? 0), held);
  }

  return meters;
}

/** The used and the reserved part of a limit, from 0 to 1 together. For widths and percents only. */
export function partsOf({ used, reserved, limit }: MeterFigures): { used: number; reserved: number } {
  const usedPart = Math.min(1, partOf(Number(used), Number(limit)));
  return { used: usedPart, reserved: Math.min(1 - usedPart, Number(limit) === 0 ? 0 : Number(reserved) / Number(limit)) };
}

export function meterInWords({ t, amount, number }: Language, { unit, used, reserved, left }: MeterFigures): string {
  const words = (value: string) => (unit === 'cost' ? amount(value) : number(Number(value)));
  return [
    t('meter.used', { what: words(used) }),
    ...(Number(reserved) > 0 ? [t('meter.reserved', { what: words(reserved) })] : []),
    Number(left) > 0 ? t('meter.left', { what: words(left) }) : t('meter.over'),
  ].join(' · ');
}
