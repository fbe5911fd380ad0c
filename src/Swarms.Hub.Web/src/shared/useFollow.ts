import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

const upKeys = new Set(['ArrowUp', 'PageUp', 'Home']);
/** A position is a fraction of a pixel on some screens, and `scrollTop` is rounded on others. */
const tolerance = 2;

interface Following {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly isFollowing: boolean;
  /** Goes to the end, and follows from there. */
  readonly toEnd: () => void;
}

/**
 * Keeps a scrolling box at the end of its content while the reader follows. Following ends with the first sign that the reader wants to be
 * elsewhere, however small: a turn of the wheel, a finger, a key, the scrollbar. It begins again at the end.
 */
export function useFollow(): Following {
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [isFollowing, setFollowing] = useState(true);

  const set = useCallback((follows: boolean) => {
    following.current = follows;
    setFollowing(follows);
  }, []);
  const toEnd = useCallback(() => {
    set(true);
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [set]);

  useEffect(() => {
    const scroller = box.current;
    const inner = content.current;
    if (!scroller || !inner) return;

    const listeners = new AbortController();
    const { signal } = listeners;
    let position = scroller.scrollTop;
    let height = scroller.scrollHeight;
    let touchedAt: number | undefined;
    let isHeld = false;
    const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= tolerance;
    const leave = () => {
      if (following.current && scroller.scrollHeight > scroller.clientHeight) set(false);
    };

    // Layout is done when these are called, so this costs none, and what grew is painted where it belongs.
    const sizes = new ResizeObserver(() => {
      if (following.current) scroller.scrollTop = scroller.scrollHeight;
      position = scroller.scrollTop;
      height = scroller.scrollHeight;
    });
    sizes.observe(scroller);
    sizes.observe(inner);

    scroller.addEventListener('wheel', ({ deltaY }) => deltaY < 0 && leave(), { signal, passive: true });
    scroller.addEventListener('touchstart', ({ touches }) => (touchedAt = touches[0]?.clientY), { signal, passive: true });
    scroller.addEventListener(
      'touchmove',
      ({ touches }) => {
        const at = touches[0]?.clientY;
        if (at !== undefined && touchedAt !== undefined && at > touchedAt) leave();
        touchedAt = at;
      },
      { signal, passive: true },
    );
    scroller.addEventListener(
      'keydown',
      ({ key, shiftKey, target }) => {
        if (target instanceof HTMLElement && target.closest('input, textarea, select')) return;
        if (upKeys.has(key) || (key === ' ' && shiftKey)) leave();
        if (key === 'End') toEnd();
      },
      { signal },
    );
    // The scrollbar is the only part of the box that is not its content.
    scroller.addEventListener(
      'pointerdown',
      event => {
        isHeld = event.target === scroller && event.offsetX >= scroller.clientWidth;
        if (isHeld) leave();
      },
      { signal },
    );
    addEventListener('pointerup', () => (isHeld = false), { signal });
    scroller.addEventListener(
      'scroll',
      () => {
        const isUp = scroller.scrollTop < position - tolerance && scroller.scrollHeight >= height;
        const isDown = scroller.scrollTop > position;
        position = scroller.scrollTop;
        height = scroller.scrollHeight;
        if (isUp) leave();
        else if (!following.current && isDown && !isHeld && isAtEnd()) set(true);
      },
      { signal, passive: true },
    );
    addEventListener('pointerup', () => !following.current && isHeld && isAtEnd() && set(true), { signal });
    return () => {
      listeners.abort();
      sizes.disconnect();
    };
  }, [set, toEnd]);

  return { box, content, isFollowing, toEnd };
}
