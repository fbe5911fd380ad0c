type Listener = (text: string) => void;

const listeners = new Set<Listener>();

/** Tells screen readers something, after what they are saying. */
export function announce(text: string): void {
  for (const listener of listeners) listener(text);
}

export function onAnnounced(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
