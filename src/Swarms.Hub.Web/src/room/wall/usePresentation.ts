import { useCallback, useEffect, useState } from 'react';

/** Shows only the runs, in large type, and in the whole screen where the browser gives it. Escape ends it. */
export function usePresentation(): { isOn: boolean; toggle: () => void; isNaming: boolean; toggleNames: () => void } {
  const [isOn, setOn] = useState(false);
  const [isNaming, setNaming] = useState(false);
  useEffect(() => {
    if (!isOn) return;

    const { documentElement } = document;
    documentElement.dataset['presenting'] = 'true';
    const listeners = new AbortController();
    const { signal } = listeners;
    document.addEventListener(
      'keydown',
      ({ key, defaultPrevented }) => {
        if (key === 'Escape' && !defaultPrevented && !document.querySelector('dialog[open], [role=menu]')) setOn(false);
      },
      { signal },
    );
    // The browser ends its whole screen by Escape without a key event.
    document.addEventListener('fullscreenchange', () => !document.fullscreenElement && setOn(false), { signal });
    documentElement.requestFullscreen({ navigationUI: 'hide' }).catch(() => {
      // The window is as large as it is.
    });
    return () => {
      listeners.abort();
      delete documentElement.dataset['presenting'];
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, [isOn]);
  useEffect(() => {
    document.documentElement.dataset['naming'] = String(isNaming);
  }, [isNaming]);
  const toggle = useCallback(() => setOn(was => !was), []);
  return { isOn, toggle, isNaming, toggleNames: useCallback(() => setNaming(was => !was), []) };
}
