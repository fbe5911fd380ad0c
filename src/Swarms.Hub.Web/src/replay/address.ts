import { addressOf } from '../shared/base';
import { roomPath } from '../shared/navigation';

/** A moment of a replay, as a link names it. */
export interface Moment {
  /** The sequence of the last event that is shown; 0 is the beginning. */
  readonly at: number;
  /** The run that is replayed alone; undefined for the whole room. */
  readonly run: string | undefined;
}

/** Reads `?at=SEQUENCE&run=ID` of a room's address; undefined for a room as it is now. */
export function momentIn(search: string): Moment | undefined {
  const query = new URLSearchParams(search);
  const at = query.get('at') ?? '';
  return /^\d{1,15}$/.test(at) ? { at: Number(at), run: query.get('run') ?? undefined } : undefined;
}

/** The query of a moment; empty for the room as it is now. */
export function queryOf(moment: Moment | undefined): string {
  if (!moment) return '';

  return `?at=${moment.at}${moment.run === undefined ? '' : `&run=${encodeURIComponent(moment.run)}`}`;
}

/** The whole address of a moment, for others. */
export function linkTo(roomId: string, moment: Moment): string {
  return new URL(addressOf(roomPath(roomId)) + queryOf(moment), location.href).href;
}
