/** What a browser tells of its network and its sleep. In Node nothing ever happens here. */
export interface WakeUps {
  /** The network is back, or the page is shown or thawed again. */
  readonly onWake: () => void;
  /** The network is gone. */
  readonly onOffline: () => void;
}

/** Listens until the returned function is called. */
export function listenForWakeUps(wakeUps: WakeUps): () => void {
  const listeners = new AbortController();
  const { signal } = listeners;
  globalThis.addEventListener?.('online', wakeUps.onWake, { signal });
  globalThis.addEventListener?.('offline', wakeUps.onOffline, { signal });
  globalThis.addEventListener?.('pageshow', wakeUps.onWake, { signal });
  globalThis.document?.addEventListener('resume', wakeUps.onWake, { signal });
  globalThis.document?.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') wakeUps.onWake();
    },
    { signal },
  );
  return () => listeners.abort();
}

/** False only where the platform knows that there is no network. */
export function isOnline(): boolean {
  return globalThis.navigator?.onLine !== false;
}
