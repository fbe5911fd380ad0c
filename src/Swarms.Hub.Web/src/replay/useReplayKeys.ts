import { useEffect } from 'react';
import type { ReplayPlayer } from './ReplayPlayer';

/** Space plays and pauses, the arrows step, with Shift from mark to mark; Home and End go to the ends. */
export function useReplayKeys(player: ReplayPlayer): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key, shiftKey } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
      if (target instanceof HTMLElement && target.closest('select, textarea, input:not([type="range"], [type="checkbox"])')) return;
      // A button is pressed by Space, and a box that scrolls goes to its own ends.
      if (target instanceof HTMLElement && key === ' ' && target.closest('button, a, [type="checkbox"]')) return;
      if (target instanceof HTMLElement && (key === 'Home' || key === 'End') && target.closest('[tabindex="0"]')) return;

      if (!press(player, key, shiftKey)) return;

      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [player]);
}

function press(player: ReplayPlayer, key: string, isFar: boolean): boolean {
  const playing = player.get();
  if (!playing) return false;

  const go = (sequence: number | undefined) => {
    player.pause();
    // The hub may be out of reach: the replay stays where it is then.
    if (sequence !== undefined) player.seek(sequence).catch(() => undefined);
  };
  switch (key) {
    case ' ':
      if (playing.isPlaying) player.pause();
      else player.play().catch(() => undefined);
      return true;
    case 'ArrowRight':
      go(isFar ? player.find(1) : playing.at + 1);
      return true;
    case 'ArrowLeft':
      go(isFar ? player.find(-1) : playing.at - 1);
      return true;
    case 'Home':
      go(player.first);
      return true;
    case 'End':
      go(player.last);
      return true;
    default:
      return false;
  }
}
