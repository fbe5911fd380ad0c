import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { watchPress } from './watchPress';

const upKeys = new Set(['ArrowUp', 'PageUp', 'Home']);
const downKeys = new Set(['ArrowDown', 'PageDown', ' ']);
/** A busy browser goes on scrolling smoothly for up to so long after a turn of the wheel, a key or a jump. */
const smoothMilliseconds = 1500;
/** So close to the end, a reader who moves down wants to follow: the end itself moves on meanwhile. */
const nearEnd = 24;
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
  const movedDownAt = useRef(-Infinity);
  const [isFollowing, setFollowing] = useState(true);

  const set = useCallback((follows: boolean) => {
    following.current = follows;
    setFollowing(follows);
  }, []);
  const toEnd = useCallback(() => {
    movedDownAt.current = performance.now();
    set(true);
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [set]);

  useEffect(() => {
    const scroller = box.current;
    const inner = content.current;
    if (!scroller || !inner) return;

    const listeners = new AbortController();
    const { signal } = listeners;
    const press = watchPress(scroller, signal, () => {
      if (following.current) scroller.scrollTop = scroller.scrollHeight;
    });
    let position = scroller.scrollTop;
    let height = scroller.scrollHeight;
    let touchedAt: number | undefined;
    const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= nearEnd;
    const moveDown = () => (movedDownAt.current = performance.now());
    const leave = () => {
      if (following.current && scroller.scrollHeight > scroller.clientHeight) set(false);
    };

    // Layout is done when these are called, so this costs none, and what grew is painted where it belongs.
    const sizes = new ResizeObserver(() => {
      height = scroller.scrollHeight;
      if (following.current && !press.isHeld) {
        scroller.scrollTop = height;
        // Reading it back would lay the page out once more.
        position = height - scroller.clientHeight;
      } else position = scroller.scrollTop;
    });
    sizes.observe(scroller);
    sizes.observe(inner);

    scroller.addEventListener('wheel', ({ deltaY }) => (deltaY < 0 ? leave() : moveDown()), { signal, passive: true });
    scroller.addEventListener('touchstart', ({ touches }) => (touchedAt = touches[0]?.clientY), { signal, passive: true });
    scroller.addEventListener(
      'touchmove',
      ({ touches }) => {
        const at = touches[0]?.clientY;
        if (at !== undefined && touchedAt !== undefined && at !== touchedAt) {
          if (at > touchedAt) leave();
          else moveDown();
        }

        touchedAt = at;
      },
      { signal, passive: true },
    );
    scroller.addEventListener(
      'keydown',
      event => {
        const { key, shiftKey, target } = event;
        if (target instanceof HTMLElement && target.closest('input, textarea, select')) return;
        if (upKeys.has(key) || (key === ' ' && shiftKey)) leave();
        else if (downKeys.has(key)) moveDown();
        else if (key === 'End') {
          // The browser would go to where the end was.
          event.preventDefault();
          toEnd();
        }
      },
      { signal },
    );
    // A jump to another place is the reader's own.
    scroller.addEventListener('leavefollowing', leave, { signal });
    // The scrollbar is the only part of the box that is not its content.
    scroller.addEventListener('pointerdown', event => event.target === scroller && event.offsetX >= scroller.clientWidth && leave(), {
      signal,
    });
    scroller.addEventListener(
      'scroll',
      () => {
        // A box that has grown is moved up to its end by the browser, which is no reader's wish.
        const isAtVeryEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= tolerance;
        const isUp = scroller.scrollTop < position - tolerance && scroller.scrollHeight >= height && !isAtVeryEnd;
        const isDown = scroller.scrollTop > position;
        position = scroller.scrollTop;
        height = scroller.scrollHeight;
        if (!following.current) {
          if (isDown && isAtEnd()) set(true);
          return;
        }

        // A smooth scroll down ends where the end was as it began.
        if (performance.now() - movedDownAt.current < smoothMilliseconds) scroller.scrollTop = scroller.scrollHeight;
        else if (isUp) leave();
      },
      { signal, passive: true },
    );
    return () => {
      listeners.abort();
      sizes.disconnect();
    };
  }, [set, toEnd]);

  return { box, content, isFollowing, toEnd };
}
