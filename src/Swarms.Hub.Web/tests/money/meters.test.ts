import type { Run, SpendingFigures } from 'swarms-hub-client';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/language/en';
import { createLanguage } from '../../src/language/language';
import { leftOf, sumOf } from '../../src/money/decimals';
import { meterInWords, metersOf, partsOf } from '../../src/money/meters';

const figures: SpendingFigures = {
  runs: 2,
  inputTokens: 10,
  outputTokens: 20,
  totalTokens: 30,
  cost: '0.1',
  unknownTokens: 0,
  unknownCosts: 0,
  heldTokens: 5,
  heldCost: '0.2',
};
const run = (state: Run['state'], reserved: Run['reserved']): Run => ({
  id: 'r',
  kind: 'agent',
  agent: { name: null, model: null },
  task: '',
  state,
  queuedAt: '',
  ...(reserved ? { reserved } : {}),
});

describe('Amounts', () => {
  it('keep all their digits', () => {
    expect(sumOf(['0.1', '0.2'])).toBe('0.3');
    expect(sumOf(['99999999999999999.0000000001', '1'])).toBe('100000000000000000.0000000001');
    expect(sumOf([])).toBe('0');
    expect(leftOf('1', '0.0000000000000000001')).toBe('0.9999999999999999999');
    expect(leftOf('1', '2')).toBe('0');
    expect(leftOf('5.50', '0.5')).toBe('5');
  });
});

describe('The meters of a budget', () => {
  it('say what is used, what open runs and unknown usage reserve, and what is left', () => {
    const open = run('running', { tokens: 15, estimatedCost: '0.05' });
    const over = run('done', { tokens: 1_000, estimatedCost: '9' });
    const [cost, tokens] = metersOf({ cost: '1', tokens: 100 }, figures, [open, over]);
    expect(cost).toEqual({ unit: 'cost', used: '0.1', reserved: '0.25', left: '0.65', limit: '1' });
    expect(tokens).toEqual({ unit: 'tokens', used: '30', reserved: '20', left: '50', limit: '100' });
    expect(partsOf(tokens!)).toEqual({ used: 0.3, reserved: 0.2 });
    expect(meterInWords(createLanguage('en', en), cost!)).toBe('$0.1 used · $0.25 reserved · $0.65 left');
  });

  it('are none without limits, full at a limit of 0, and never more than full', () => {
    expect(metersOf({ cost: undefined, tokens: undefined }, figures, [])).toEqual([]);
    expect(partsOf(metersOf({ cost: undefined, tokens: 0 }, undefined, [])[0]!)).toEqual({ used: 1, reserved: 0 });
    const [tokens] = metersOf({ cost: undefined, tokens: 20 }, figures, []);
    expect(partsOf(tokens!)).toEqual({ used: 1, reserved: 0 });
    expect(meterInWords(createLanguage('en', en), tokens!)).toBe('30 used · 5 reserved · used up');
  });
});
