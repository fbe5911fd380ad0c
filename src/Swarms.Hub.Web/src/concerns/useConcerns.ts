import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { RoomClient } from 'swarms-hub-client';
import { showMessage } from '../messages/useTalk';
import { focusOn } from '../room/focusOn';
import type { RoomViewModel } from '../room/useRoomView';
import { showRun } from '../runs/showRun';
import { concernOf, isSettledBy, type Concern } from './concerns';

/** What concerns one is drawn within this time. If it is in sight then, nothing is said about it. */
const drawnMilliseconds = 150;
const mostConcerns = 20;

export interface Concerns {
  /** Those that were not seen, oldest first. */
  readonly all: readonly Concern[];
  readonly onShow: (concern: Concern) => void;
  readonly onDismiss: (concern: Concern) => void;
  readonly onDismissAll: () => void;
}

/** Collects what concerns the person at this page and is out of sight. Each goes when it was seen. */
export function useConcerns(client: RoomClient, view: RoomViewModel, onPart: (part: 'runs' | 'people') => void): Concerns {
  const [all, setAll] = useState<readonly Concern[]>([]);
  const me = useRef(view.me);
  useEffect(() => {
    me.current = view.me;
  }, [view.me]);
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const stop = client.onEvent(event => {
      setAll(known => without(known, concern => isSettledBy(concern, event)));
      const concern = me.current && concernOf(event, me.current, () => client.state);
      if (!concern) return;

      const timer = setTimeout(() => {
        timers.delete(timer);
        if (!isSeen(concern)) setAll(known => [...known.filter(({ key }) => key !== concern.key), concern].slice(-mostConcerns));
      }, drawnMilliseconds);
      timers.add(timer);
    });
    return () => {
      stop();
      timers.forEach(clearTimeout);
    };
  }, [client]);
  const isAny = all.length > 0;
  useEffect(() => {
    if (!isAny) return;

    let frame = 0;
    const look = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        setAll(known => without(known, isSeen));
      });
    };
    const listeners = new AbortController();
    const { signal } = listeners;
    document.addEventListener('scroll', look, { signal, capture: true, passive: true });
    document.addEventListener('visibilitychange', look, { signal });
    document.addEventListener('click', look, { signal });
    addEventListener('resize', look, { signal });
    return () => {
      cancelAnimationFrame(frame);
      listeners.abort();
    };
  }, [isAny]);
  const { messages, runs } = view;
  // A page that was hidden draws what came meanwhile a moment after it is back.
  useEffect(() => {
    if (!isAny) return;

    const frame = requestAnimationFrame(() => setAll(known => without(known, isSeen)));
    return () => cancelAnimationFrame(frame);
  }, [isAny, messages, runs]);
  const onDismiss = useCallback((concern: Concern) => setAll(known => without(known, ({ key }) => key === concern.key)), []);
  const onShow = useCallback(
    (concern: Concern) => {
      flushSync(() => onPart(concern.message === undefined && concern.run === undefined ? 'people' : 'runs'));
      if (concern.message !== undefined) showMessage(concern.message);
      else if (concern.run !== undefined) showRun(concern.run);
      else focusOn('.people > header button');
      onDismiss(concern);
    },
    [onPart, onDismiss],
  );
  const onDismissAll = useCallback(() => setAll([]), []);
  return useMemo(() => ({ all, onShow, onDismiss, onDismissAll }), [all, onShow, onDismiss, onDismissAll]);
}

/** The same array where nothing goes: most events concern nobody. */
function without(known: readonly Concern[], goes: (concern: Concern) => boolean): readonly Concern[] {
  return known.some(goes) ? known.filter(concern => !goes(concern)) : known;
}

/** Whether what a concern is about is in sight. A hand that was called has no place: its notice is what there is to see. */
function isSeen({ kind, message, run }: Concern): boolean {
  if (document.hidden || kind === 'handCalled') return false;

  if (kind === 'handRaised') return document.querySelector('.people')?.checkVisibility() ?? false;

  const selector = message === undefined ? `[data-run="${CSS.escape(run ?? '')}"]` : `[data-message="${message}"]`;
  const element = document.querySelector(selector);
  const box = element?.closest('.runs, .message-list');
  if (!element?.checkVisibility() || !box) return false;

  const { top, bottom } = element.getBoundingClientRect();
  const list = box.getBoundingClientRect();
  return bottom > list.top && top < list.bottom;
}
