import { useCallback, useState } from 'react';
import { useLanguage } from '../language/useLanguage';
import { inWords } from './words';

/** Runs the action of a button or form. `isBusy` holds while it runs; `error` says in words why the last one failed. */
export function useAction<T extends unknown[]>(action: (...args: T) => Promise<unknown>) {
  const { t } = useLanguage();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const run = useCallback(
    async (...args: T): Promise<boolean> => {
      setBusy(true);
      setError(undefined);
      try {
        await action(...args);
        return true;
      } catch (thrown) {
        setError(inWords(t, thrown));
        return false;
      } finally {
        setBusy(false);
      }
    },
    [action, t],
  );
  return { run, isBusy, error };
}
