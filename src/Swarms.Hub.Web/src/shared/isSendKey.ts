import type { KeyboardEvent } from 'react';

/**
 * Says whether a key sends what a text field holds. Enter does, and Shift+Enter makes a new line. A keyboard on the screen has
 * no Shift+Enter, so there Enter makes the new line. Ctrl+Enter and ⌘+Enter send everywhere.
 */
export function isSendKey(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return false;

  return event.ctrlKey || event.metaKey || !matchMedia('(pointer: coarse)').matches;
}

/** While an input method composes a word, Enter accepts that word. */
function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Safari ends the composition before this Enter and marks it only by code 229
  return event.nativeEvent.isComposing || event.keyCode === 229;
}
