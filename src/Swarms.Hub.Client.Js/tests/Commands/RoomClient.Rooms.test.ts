import { describe, expect, it } from 'vitest';
import { HubClient, type RoomBudget } from '../../src/index.js';

function roomWith(budget: RoomBudget | undefined) {
  const bodies: unknown[] = [];
  const fetch = (_: unknown, init: RequestInit = {}) => {
    if (init.method === 'PATCH') bodies.push(JSON.parse(init.body as string));
    const room = { id: 'r1', name: 'Biology', settings: budget === undefined ? undefined : { budget } };
    return Promise.resolve(Response.json(init.method === 'PATCH' ? room : { room, me: { id: 'm1' } }));
  };
  return { room: new HubClient('http://hub.test', { fetch }).openRoom('r1', 'token'), bodies };
}

describe('A changed budget', () => {
  it('keeps the limits that the change leaves alone', async () => {
    const { room, bodies } = roomWith({ memberCost: '0.3', models: ['a'], hardStop: true });
    await room.changeBudget(budget => ({ ...budget, memberCost: '0.5', roomTokens: 1000 }));
    expect(bodies).toEqual([{ settings: { budget: { memberCost: '0.5', models: ['a'], hardStop: true, roomTokens: 1000 } } }]);
  });

  it('begins without limits where the room has none', async () => {
    const { room, bodies } = roomWith(undefined);
    await room.changeBudget(budget => ({ ...budget, roomCost: '5' }));
    expect(bodies).toEqual([{ settings: { budget: { roomCost: '5' } } }]);
  });

  it('is given back to the hub by null', async () => {
    const { room, bodies } = roomWith({ roomCost: '5' });
    await room.changeBudget(() => null);
    expect(bodies).toEqual([{ settings: { budget: null } }]);
  });
});
