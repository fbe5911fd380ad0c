import { expect, it } from 'vitest';
import { opensElsewhere, roomPath } from '../../src/shared/navigation';

const click = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

it('A plain click on a link goes on in this page', () => expect(opensElsewhere(click)).toBe(false));

it.each(['ctrlKey', 'metaKey', 'shiftKey', 'altKey'] as const)('A click with %s is left to the browser', key => {
  expect(opensElsewhere({ ...click, [key]: true })).toBe(true);
});

it("A room's path has its id as one part, whatever is in it", () => {
  expect(roomPath('r1')).toBe('/rooms/r1');
  expect(roomPath('a/b?c#d')).toBe('/rooms/a%2Fb%3Fc%23d');
});
