import { useCallback, useState } from 'react';

/** An action of a button or form, such as a command of a room. */
export interface Action<T extends unknown[]> {
  /** Runs it. True when it succeeded; it never throws. */
  readonly run: (...args: T) => Promise<boolean>;
  /** Whether it runs. */
  readonly isBusy: boolean;
  /** The error of the last one, mostly a `HubClientError`; undefined if it succeeded or runs. */
  readonly error: unknown;
}

/**
 * Runs an action and says how it goes.
 *
 * @example
 * const start = useAction((task: string) => room.startRun({ task, agent: 'Writer' }));
 */
export function useAction<T extends unknown[]>(action: (...args: T) => Promise<unknown>): Action<T> {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = useCallback(
    async (...args: T): Promise<boolean> => {
      setBusy(true);
      setError(undefined);
      try {
        await action(...args);
        return true;
      } catch (thrown) {
        setError(thrown);
        return false;
      } finally {
        setBusy(false);
      }
    },
    [action],
  );
  return { run, isBusy, error };
}
