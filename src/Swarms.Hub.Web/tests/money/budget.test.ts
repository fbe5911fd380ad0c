import { expect, test } from 'vitest';
import type { RoomSpending, SpendingFigures } from 'swarms-hub-client';
import { budgetOf, draftOf } from '../../src/money/budgetDraft';
import { budgetNotices } from '../../src/money/budgetNotices';

const nothing: SpendingFigures = {
  runs: 1,
  inputTokens: 0,
  outputTokens: 0,
  totalTokens: 0,
  cost: null,
  unknownTokens: 0,
  unknownCosts: 0,
  heldTokens: 0,
  heldCost: null,
};

function spent(total: Partial<SpendingFigures>, rows: Partial<RoomSpending> = {}): RoomSpending {
  return { total: { ...nothing, ...total }, members: [], agents: [], models: [], ...rows };
}

test('A budget comes back from its form as it was', () => {
  const budget = { roomCost: '0.30', memberTokens: 1000, maxTokens: 4000, models: ['a', 'b'], hardStop: true };
  expect(budgetOf(draftOf(budget), budget)).toEqual(budget);
});

test('An empty form is no budget', () => {
  expect(budgetOf(draftOf(undefined), undefined)).toBeNull();
  expect(budgetOf({ ...draftOf({ roomCost: '5' }), roomCost: ' ' }, { roomCost: '5' })).toBeNull();
});

test('A cost stays the text that was typed, with all its digits', () => {
  const draft = { ...draftOf(undefined), roomCost: '0.12345678901234567890' };
  expect(budgetOf(draft, undefined)).toEqual({ roomCost: '0.12345678901234567890' });
});

test('Models are names between commas, and no model at all stays so', () => {
  expect(budgetOf({ ...draftOf(undefined), models: ' a, b ,,' }, undefined)).toEqual({ models: ['a', 'b'] });
  expect(budgetOf({ ...draftOf({ models: [] }), roomCost: '5' }, { models: [] })).toEqual({ models: [], roomCost: '5' });
  expect(budgetOf({ ...draftOf({ models: ['a'] }), models: '' }, { models: ['a'] })).toBeNull();
});

test('A limit is told of from 80 % on, with what is held, and when it is used up', () => {
  const at = (cost: string, heldCost: string | null) => budgetNotices({ roomCost: '5' }, spent({ cost, heldCost }), [], 'm1');
  expect(at('3.9', null)).toEqual([]);
  expect(at('3', '1')).toEqual([{ scope: 'room', isUsedUp: false }]);
  expect(at('4', '1')).toEqual([{ scope: 'room', isUsedUp: true }]);
});

test('A limit of nothing is used up', () => {
  expect(budgetNotices({ roomTokens: 0 }, spent({}), [], 'm1')).toEqual([{ scope: 'room', isUsedUp: true }]);
});

test('Nothing is told of what has no limit, or of the limits of other people', () => {
  const rows = [
    { ...nothing, key: 'm2', cost: '1' },
    { ...nothing, cost: '1' },
  ];
  expect(budgetNotices(undefined, spent({ cost: '100' }, { members: rows }), [], 'm1')).toEqual([]);
  expect(budgetNotices({ memberCost: '1' }, spent({}, { members: rows }), [], 'm1')).toEqual([]);
  expect(budgetNotices({ memberCost: '1' }, spent({}, { members: rows }), [], undefined)).toEqual([]);
  expect(budgetNotices({ memberCost: '1' }, spent({}, { members: rows }), [], 'm2')).toEqual([{ scope: 'own', isUsedUp: true }]);
});

test('A warning counts where the sums do not tell, as of the hub and of hidden costs', () => {
  const warnings = [
    { scope: 'hub', percent: 80 },
    { scope: 'member', key: 'm1', percent: 80 },
    { scope: 'model', key: 'gpt-4o', percent: 80 },
  ];
  expect(budgetNotices({}, undefined, warnings, 'm1')).toEqual([
    { scope: 'own', isUsedUp: false },
    { scope: 'model', model: 'gpt-4o', isUsedUp: false },
    { scope: 'hub', isUsedUp: false },
  ]);
  expect(budgetNotices({}, undefined, warnings.slice(1, 2), 'm2')).toEqual([]);
});
