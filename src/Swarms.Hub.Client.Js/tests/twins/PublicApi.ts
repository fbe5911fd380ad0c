import { readFileSync } from 'node:fs';

/** The public members of a type, by name; a constant has its value. */
export type Surface = Map<string, Map<string, string | undefined>>;

const noise = /^(<Clone>\$|Equals|GetHashCode|ToString|Deconstruct|PrintMembers|EqualityContract|operator .*)$/;

/** The public surface of .NET projects, as the analyzer's files have it; names as in JavaScript. */
export function readCSharp(...projects: string[]): Surface {
  const surface: Surface = new Map();
  for (const project of projects) {
    const file = new URL(`../../../${project}/PublicAPI.Unshipped.txt`, import.meta.url);
    for (const line of readFileSync(file, 'utf8')
      .split('\n')
      .slice(1)
      .filter(line => line !== ''))
      read(line, project, surface);
  }

  return surface;
}

function read(line: string, project: string, surface: Surface): void {
  const declared = line.replace(/^(?:(?:const|static|override|abstract|virtual|readonly|implicit|explicit) )+/, '');
  const [, path = '', rest = ''] = /^([\w.]+?)(?=$| |\(|\.(?:get|set|init)\b|\.<|\.operator)(.*)$/.exec(declared) ?? [];
  // Extensions of the platform's own types stand in its namespaces.
  if (!path.startsWith(`${project}.`)) return;

  const [type = '', member] = path.slice(project.length + 1).split('.');
  const members = surface.get(type) ?? new Map<string, string | undefined>();
  surface.set(type, members);
  if (member === undefined || member === type || noise.test(member) || rest.startsWith('.<') || rest.startsWith('.operator')) return;

  const value = /^ = "(.*)" -> /.exec(rest)?.[1];
  members.set(inJavaScript(member), value);
}

/** Callbacks are properties in JavaScript, and events with names of their own in .NET. */
const callbacks: Readonly<Record<string, string>> = {
  CallbackFailed: 'onError',
  ConnectionStateChanged: 'onConnectionState',
  EventReceived: 'onEvent',
  PresenceChanged: 'onPresence',
  StorageAvailabilityChanged: 'onStorage',
  Updated: 'onUpdate',
  WatchingChanged: 'onWatching',
};

/** `GetRunAsync` is `getRun` there. */
export function inJavaScript(name: string): string {
  const callback = callbacks[name];
  if (callback !== undefined) return callback;

  const short = name.endsWith('Async') && name !== 'DisposeAsync' ? name.slice(0, -'Async'.length) : name;
  return short.charAt(0).toLowerCase() + short.slice(1);
}
