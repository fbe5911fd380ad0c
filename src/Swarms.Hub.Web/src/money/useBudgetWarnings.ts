import { useEffect, useState } from 'react';
import type { BudgetWarnedPayload, RoomClient } from 'swarms-hub-client';
import { BudgetWarnings } from './BudgetWarnings';

/** Returns the warnings of budgets that this page was handed, under the present settings. */
export function useBudgetWarnings(client: RoomClient): readonly BudgetWarnedPayload[] {
  const [shown, setShown] = useState<readonly BudgetWarnedPayload[]>([]);
  useEffect(() => {
    const warnings = new BudgetWarnings();
    let told = warnings.all;
    return client.onUpdate(update => {
      if (update.kind === 'events') warnings.see(update.events);
      if (update.kind === 'snapshot') warnings.forget();
      // Nearly every update is a chunk.
      if (warnings.all !== told) setShown((told = warnings.all));
    });
  }, [client]);
  return shown;
}
