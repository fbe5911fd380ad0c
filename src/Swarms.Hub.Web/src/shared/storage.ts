/** Reads what this device stored under a name. A browser may refuse storage: the page then works without it. */
export function read(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null');
  } catch {
    return null;
  }
}

export function write(name: string, value: unknown): void {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // The page works without it.
  }
}

export function remove(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // There is nothing then.
  }
}
