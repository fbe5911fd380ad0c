import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReconnectDelay } from '../../src/Feed/ReconnectDelay.js';
import { ReconnectPlan } from '../../src/Feed/ReconnectPlan.js';
import { ErrorCodes, HubClient, HubClientError } from '../../src/index.js';
import { FakeHub } from '../FakeHub.js';

const longest = 60_000;
let plan: ReconnectPlan;

beforeEach(() => {
  vi.useFakeTimers();
  plan = new ReconnectPlan(longest);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const refused = (code: string, retryAfter?: number) => new HubClientError(code, 'No.', { retryAfter });

function fail(times: number): number {
  let delay = 0;
  for (; times > 0; times--) {
    plan.ended();
    delay = plan.next(false, undefined);
  }

  return delay;
}

describe('A plan', () => {
  it('lets the waits grow although each attempt takes long before it fails', () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const waits = Array.from({ length: 10 }, () => {
      vi.advanceTimersByTime(15_000);
      return fail(1);
    });
    expect(waits).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    expect(plan.isOffline).toBe(true);
  });

  it('connects again at once behind a connection that was good for long', () => {
    fail(10);
    plan.heard();
    expect(plan.isOffline).toBe(false);
    vi.advanceTimersByTime(5_000);
    plan.ended();
    expect(plan.next(false, undefined)).toBe(0);
    expect(plan.isOffline).toBe(false);
  });

  it('is offline behind four connections in a row that brought nothing, and not behind three', () => {
    fail(3);
    expect(plan.isOffline).toBe(false);
    fail(1);
    expect(plan.isOffline).toBe(true);
  });

  it('waits where connections bring something and break at once, and is not offline', () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const waits = Array.from({ length: 5 }, () => {
      plan.heard();
      vi.advanceTimersByTime(4_999);
      return fail(1);
    });
    expect(waits).toEqual([0, 1_000, 2_000, 4_000, 8_000]);
    expect(plan.isOffline).toBe(false);
  });

  it('keeps the pause that the hub asks for, with a random part on top and the longest wait as its bound', () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    plan.ended();
    expect(plan.next(false, refused(ErrorCodes.starting, 2))).toBe(2_500);
    expect(plan.next(false, refused(ErrorCodes.starting, 2))).toBe(2_500);
    expect(plan.next(false, refused(ErrorCodes.starting, 2))).toBe(3_000);
    expect(plan.next(false, refused(ErrorCodes.starting, 3_600))).toBe(longest);
  });

  it('connects again at once where the ending says so, which is no failure', () => {
    fail(2);
    for (let times = 0; times < 10; times++) {
      plan.heard();
      plan.ended();
      expect(plan.next(false, refused(ErrorCodes.stalled))).toBe(0);
    }

    expect(plan.isOffline).toBe(false);
  });

  it('waits all the same where such a connection brought nothing', () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    for (let times = 0; times < 9; times++) {
      plan.ended();
      plan.next(false, refused(ErrorCodes.stalled));
    }

    expect(plan.next(false, refused(ErrorCodes.stalled))).toBe(longest);
    expect(plan.isOffline).toBe(true);
  });

  it('leaves a hub that drains alone for the planned time, which is no failure', () => {
    const stay = plan.drain(20);
    plan.ended();
    expect(plan.next(false, undefined)).toBe(stay);
    expect(plan.next(true, undefined)).toBe(0);
    expect(plan.next(false, undefined)).toBe(0);
  });

  it('takes a time that timers take from a hub that drains for ever', () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    expect(plan.drain(2 ** 31)).toBe(7 * 24 * 60 * 60 * 1_000);
    expect(plan.drain(-1)).toBe(0);
  });

  it.each([-3_600_000, 3_600_000])('does not change by a clock that is set by %i ms', milliseconds => {
    const stay = plan.drain(20);
    plan.heard();
    vi.setSystemTime(Date.now() + milliseconds);
    plan.ended();
    expect(plan.next(false, undefined)).toBe(stay);
  });
});

describe('A delay', () => {
  it('is a part of a cap that doubles', () => {
    expect([0, 1, 2, 3, 4].map(failures => ReconnectDelay.after(failures, 5_000, 0.5))).toEqual([0, 500, 1_000, 2_000, 2_500]);
    expect(ReconnectDelay.after(1_000_000, 5_000, 1)).toBe(5_000);
  });
});

describe('A room whose hub drains while the clock is set back', () => {
  it('is live again as soon as it would be without that', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const hub = new FakeHub();
    const room = new HubClient('http://hub.test', { connect: hub.connect }).openRoom('r1', 't1');
    void room.open();
    await vi.advanceTimersByTimeAsync(1_000);
    hub.current.call('Draining', 4);
    vi.setSystemTime(Date.now() - 3_600_000);
    hub.current.cut();
    await vi.advanceTimersByTimeAsync(2_001);
    expect(room.connectionState).toBe('live');
    room.close();
  });
});
