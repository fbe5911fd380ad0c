import { createContext, useContext } from 'react';

/** Whether the page is on a wall: then it shows what everybody may see, and no commands. */
export const PresentingContext = createContext(false);

export function usePresenting(): boolean {
  return useContext(PresentingContext);
}
