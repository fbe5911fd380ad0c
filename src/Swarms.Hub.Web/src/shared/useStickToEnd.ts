import { useCallback, useLayoutEffect, useRef, useState } from 'react';

const nearEndPixels = 48;

/** Keeps a scrolling box at its end while the reader is there. It stays where it is after the reader scrolled up. */
export function useStickToEnd(content: unknown) {
  const box = useRef<HTMLDivElement>(null);
  const isStuck = useRef(true);
  const [isAway, setAway] = useState(false);

  const onScroll = useCallback(() => {
    const { current } = box;
    if (!current) return;

    isStuck.current = current.scrollHeight - current.scrollTop - current.clientHeight < nearEndPixels;
    setAway(!isStuck.current);
  }, []);

  useLayoutEffect(() => {
    if (isStuck.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [content]);

  const toEnd = useCallback(() => {
    isStuck.current = true;
    setAway(false);
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, []);

  return { box, onScroll, isAway, toEnd };
}
