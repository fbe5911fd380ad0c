import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useIsPrinting } from '../shared/printing';

/** Twice the window is kept ready above and below it. */
const margin = '200% 0px';
/** The height of a card that was never drawn. */
const likelyHeight = 320;

/**
 * A place in the list of runs. A run far from the window is not drawn, but its place keeps its height. `isPinned` keeps it drawn: for runs
 * that grow, and for one that somebody selected or works in.
 */
export function RunSlot({ id, isPinned, children }: { id: string; isPinned: boolean; children: ReactNode }) {
  const slot = useRef<HTMLDivElement>(null);
  const height = useRef(likelyHeight);
  const [isNear, setNear] = useState(false);
  const isPrinting = useIsPrinting();
  useLayoutEffect(() => {
    const element = slot.current;
    if (!element) return;

    const observer = new IntersectionObserver(
      entries => {
        const isNow = entries.at(-1)?.isIntersecting ?? false;
        const holdsFocus = element.contains(document.activeElement) || holdsSelection(element);
        setNear(isNow || holdsFocus);
      },
      { root: element.closest('.runs'), rootMargin: margin },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const element = slot.current;
    if (!element || !(isNear || isPinned)) return;

    const sizes = new ResizeObserver(() => (height.current = element.offsetHeight));
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [isNear, isPinned]);
  useLayoutEffect(() => {
    if (slot.current) slot.current.style.minHeight = isNear || isPinned || isPrinting ? '' : `${height.current}px`;
  });
  return (
    <div className="run-slot" ref={slot} data-slot={id}>
      {(isNear || isPinned || isPrinting) && children}
    </div>
  );
}

function holdsSelection(element: Element): boolean {
  const selection = document.getSelection();
  return !!selection && !selection.isCollapsed && selection.containsNode(element, true);
}
