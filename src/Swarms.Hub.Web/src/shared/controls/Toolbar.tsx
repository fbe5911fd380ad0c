import { useLayoutEffect, useRef, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react';

interface ToolbarProps {
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** Buttons that are one stop of the Tab key together. The left and right arrows move between them. */
export function Toolbar({ label, className, children }: ToolbarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const stop = useRef<HTMLElement | null>(null);
  const hasFocus = useRef(false);
  // Any drawing may bring other buttons, and take away the one that had the focus.
  useLayoutEffect(() => {
    if (!bar.current) return;

    const tool = setStop(bar.current, stop.current);
    if (hasFocus.current && document.activeElement === document.body) tool?.focus();
  });

  const onFocus = ({ currentTarget, target }: FocusEvent<HTMLElement>) => {
    if (!toolsOf(currentTarget).includes(target)) return;

    stop.current = target;
    hasFocus.current = true;
    setStop(currentTarget, target);
  };
  const onBlur = ({ target }: FocusEvent<HTMLElement>) => {
    if (target.isConnected) hasFocus.current = false;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const tools = toolsOf(event.currentTarget);
    const at = tools.findIndex(tool => tool === event.target);
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (at < 0 || step === 0) return;

    event.preventDefault();
    tools[(at + step + tools.length) % tools.length]?.focus();
  };
  return (
    <div ref={bar} role="toolbar" aria-label={label} className={className} onFocus={onFocus} onBlur={onBlur} onKeyDown={onKeyDown}>
      {children}
    </div>
  );
}

function toolsOf(bar: HTMLElement): HTMLElement[] {
  return [...bar.querySelectorAll<HTMLElement>('button:not(:disabled)')];
}

function setStop(bar: HTMLElement, wanted: HTMLElement | null): HTMLElement | undefined {
  const tools = toolsOf(bar);
  const stop = wanted && tools.includes(wanted) ? wanted : tools[0];
  for (const tool of tools) tool.tabIndex = tool === stop ? 0 : -1;
  return stop;
}
