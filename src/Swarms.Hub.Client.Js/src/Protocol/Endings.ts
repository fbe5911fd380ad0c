import { ComeBack } from './ComeBack.js';
import type { Ending } from './Ending.js';
import { ErrorCodes } from './ErrorCodes.js';

function ending(code: string, httpStatus: number | null, closeCode: number | null, comeBack: ComeBack): Ending {
  return { code, httpStatus, closeCode, comeBack };
}

const all: readonly Ending[] = [
  ending(ErrorCodes.unauthenticated, 401, 4401, ComeBack.no),
  ending(ErrorCodes.forbidden, 403, 4403, ComeBack.no),
  ending(ErrorCodes.notFound, 404, 4404, ComeBack.no),
  ending(ErrorCodes.invalid, 400, null, ComeBack.no),
  ending(ErrorCodes.conflict, 409, null, ComeBack.no),
  ending(ErrorCodes.tooLarge, 413, null, ComeBack.no),
  ending(ErrorCodes.rateLimited, 429, null, ComeBack.after),
  ending(ErrorCodes.overBudget, 402, null, ComeBack.no),
  ending(ErrorCodes.queueFull, 429, null, ComeBack.after),
  ending(ErrorCodes.roomFull, 507, null, ComeBack.no),
  ending(ErrorCodes.draining, 503, 4503, ComeBack.after),
  ending(ErrorCodes.starting, 503, null, ComeBack.after),
  ending(ErrorCodes.stalled, 408, 4408, ComeBack.now),
  ending(ErrorCodes.storageUnavailable, 503, null, ComeBack.after),
  ending(ErrorCodes.internal, 500, null, ComeBack.after),
  ending(ErrorCodes.upstreamUnreachable, 502, null, ComeBack.no),
  ending(ErrorCodes.upstreamRejected, 502, null, ComeBack.no),
  ending(ErrorCodes.upstreamError, 502, null, ComeBack.no),
  ending(ErrorCodes.upstreamIdle, 504, null, ComeBack.no),
  ending(ErrorCodes.tooLong, 504, null, ComeBack.no),
  ending(ErrorCodes.upstreamTruncated, 502, null, ComeBack.no),
];

/**
 * The ways in which a call, a feed or a connection can end, as one table for the hub and its clients. It has each code's HTTP status, its
 * WebSocket close code, and whether a client should come back. PROTOCOL.md shows the same table.
 */
export const Endings = {
  /** Every ending, in the order of PROTOCOL.md. */
  all,

  /** Returns the ending with this code; undefined for a code of a later version. */
  find(code: string): Ending | undefined {
    return all.find(known => known.code === code);
  },

  /** Returns the ending that a WebSocket's close code stands for; undefined for any other close code. */
  findByCloseCode(closeCode: number): Ending | undefined {
    return all.find(known => known.closeCode === closeCode);
  },

  /** Returns the advice to a client after this code; an unknown code is worth another try later. */
  comeBackAfter(code: string): ComeBack {
    return Endings.find(code)?.comeBack ?? ComeBack.after;
  },
} as const;
