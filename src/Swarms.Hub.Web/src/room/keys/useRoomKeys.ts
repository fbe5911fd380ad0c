import { useEffect } from 'react';
import { preferences } from '../../settings/preferences';
import { showRun } from '../../runs/showRun';
import type { RoomDialog } from '../RoomDialogs';

interface RoomKeyActions {
  readonly open: (dialog: RoomDialog) => void;
  readonly present: () => void;
  readonly showTask: () => void;
  readonly showMessages: () => void;
}

/** Single letters are commands of the room, but not where somebody writes or a dialog is open. roomKeys.ts lists them. */
export function useRoomKeys({ open, present, showTask, showMessages }: RoomKeyActions): void {
  useEffect(() => {
    const actions = new Map<string, () => void>([
      ['?', () => open('keys')],
      ['/', () => open('search')],
      ['p', present],
      ['t', showTask],
      ['m', showMessages],
      ['j', () => moveToRun(1)],
      ['k', () => moveToRun(-1)],
    ]);
    const onKeyDown = (event: KeyboardEvent) => {
      const action = actions.get(event.key);
      if (!action || !preferences().singleKeys || event.ctrlKey || event.metaKey || event.altKey) return;
      if (writes(event.target) || document.querySelector('dialog[open]')) return;

      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [open, present, showTask, showMessages]);
}

function writes(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** Moves the focus by one run: from the one that has it, else from the one at the top of the window. */
function moveToRun(step: 1 | -1): void {
  const slots = [...document.querySelectorAll<HTMLElement>('.runs [data-slot]')];
  const focused = document.activeElement?.closest<HTMLElement>('.runs [data-slot]');
  const top = document.querySelector('.runs')?.getBoundingClientRect().top ?? 0;
  const at = focused ? slots.indexOf(focused) + step : slots.findIndex(slot => slot.getBoundingClientRect().bottom > top + 1);
  const id = slots[at]?.dataset['slot'];
  if (id === undefined) return;

  // At once, so that the next key moves on from here before the list has moved.
  slots[at]?.querySelector<HTMLElement>('.run')?.focus({ preventScroll: true });
  showRun(id);
}
