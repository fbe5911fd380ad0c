import { describe, expect, it } from 'vitest';
import { ReplayPlayer } from '../../src/replay/ReplayPlayer';
import { RoomTape } from '../../src/replay/RoomTape';
import { hubOf, makeLog, room } from './log';

async function playerOf(chunks: number, run?: string) {
  const events = makeLog(chunks);
  const tape = new RoomTape(hubOf(events).client, room);
  await tape.read(() => undefined, new AbortController().signal);
  const player = new ReplayPlayer(tape, run);
  await player.seek(0);
  return { player, events };
}

describe('A player', () => {
  it('plays at true pace, and faster', async () => {
    const { player } = await playerOf(100);
    await player.play();
    player.tick(1000);
    player.tick(1100);
    expect(player.get()).toMatchObject({ at: 2, place: 100 });
    player.setSpeed(2);
    player.tick(1150);
    expect(player.get()).toMatchObject({ at: 3, place: 200 });
    player.tick(1151);
    expect(player.get()).toMatchObject({ at: 3, place: 202 });
  });

  it('cuts long pauses where they are skipped, and stays at its event', async () => {
    const { player } = await playerOf(1);
    await player.seek(4);
    expect(player.get()?.place).toBe(60_200);
    player.setSkipsPauses(true);
    expect(player.get()).toMatchObject({ at: 4, place: 2200 });
    player.setSkipsPauses(false);
    expect(player.get()).toMatchObject({ at: 4, place: 60_200 });
  });

  it('goes back and forth, and never beyond its ends', async () => {
    const { player, events } = await playerOf(2000);
    await player.seek(1500);
    const words = player.get()?.room.runs[0]?.text;
    await player.seek(10);
    expect(player.get()?.room.runs[0]?.text).toBe('w0 w1 w2 ');
    await player.seek(1500);
    expect(player.get()?.room.runs[0]?.text).toBe(words);
    await player.seek(1e9);
    expect(player.get()?.at).toBe(events.length);
    await player.seek(-5);
    expect(player.get()?.at).toBe(1);
  });

  it('stops at its end, and begins anew from there', async () => {
    const { player, events } = await playerOf(10);
    await player.play();
    player.setSpeed(16);
    player.tick(0);
    player.tick(1e9);
    expect(player.get()).toMatchObject({ at: events.length, isPlaying: false });
    await player.play();
    expect(player.get()).toMatchObject({ at: 1, place: 0, isPlaying: true });
  });

  it('plays one run from its first event to its last', async () => {
    const { player } = await playerOf(10, 'one');
    expect([player.first, player.last]).toEqual([6, 18]);
    expect(player.get()).toMatchObject({ at: 6, place: 0, length: 300 });
  });

  it('finds the next mark of a kind, and the one before', async () => {
    const { player } = await playerOf(10);
    await player.seek(4);
    expect(player.find(1)).toBe(6);
    expect(player.find(-1, ['message'])).toBe(3);
    expect(player.find(1, ['reaction'])).toBe(23);
    expect(player.find(1, ['proposal'])).toBeUndefined();
  });

  it('lets the last of two moves win', async () => {
    const { player } = await playerOf(3000);
    await player.seek(2900);
    await Promise.all([player.seek(100), player.seek(50)]);
    expect(player.get()?.at).toBe(50);
  });
});
