/** This module lies one folder below the page; the dev server keeps it elsewhere, and the page at its root. */
const [here, up] = [import.meta.url, import.meta.env.DEV ? '/' : '..'];

/** The address of the hub that served this page; ends with a slash. A proxy may have put the hub below a path. */
export const base = new URL(up, here);

/** The path of the page within the hub. */
export function currentPath(): string {
  return location.pathname.slice(base.pathname.length - 1);
}

/** The address of a path within the hub, such as `/join`. */
export function addressOf(path: string): string {
  return base.pathname + path.slice(1);
}
