import type { Passage, RoomClient, RunPassage } from 'swarms-hub-client';

const read = new Map<string, Promise<RunPassage>>();
let last: Promise<unknown> = Promise.resolve();

/** Reads a passage once, one after the other: the hub reads few of a member's passages at a time. */
export function readPassage(client: RoomClient, passage: Passage): Promise<RunPassage> {
  const key = `${client.id} ${JSON.stringify(passage)}`;
  const known = read.get(key);
  if (known) return known;

  const reading = last.catch(() => undefined).then(() => client.getPassage(passage));
  last = reading;
  read.set(key, reading);
  // What failed is tried again by the next that asks.
  reading.catch(() => read.delete(key));
  return reading;
}

/** Forgets what was read of a run that a host hid or removed. */
export function forgetPassages(runId: string): void {
  for (const key of read.keys()) if (key.includes(`"run":${JSON.stringify(runId)}`)) read.delete(key);
}

/** Finds what somebody selected in a run's text. Formatting takes signs away that stand between its words. */
export function findSelected(text: string, selected: string): { start: number; end: number } | undefined {
  const exact = text.indexOf(selected);
  if (exact >= 0) return { start: exact, end: exact + selected.length };

  const words = selected.trim().split(/\s+/).slice(0, 400);
  if (words[0] === '' || words.length === 0) return undefined;

  const pattern = words.map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[\\s*_`~#>|()\\[\\]-]{1,20}');
  const found = new RegExp(pattern).exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}
