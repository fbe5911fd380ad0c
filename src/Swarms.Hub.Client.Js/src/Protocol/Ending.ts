import type { ComeBack } from './ComeBack.js';

/** One way in which a call, a feed or a connection ends. See `Endings`. */
export interface Ending {
  /** One of `ErrorCodes`. */
  readonly code: string;
  /** The status of an HTTP answer; null where no answer carries the code. */
  readonly httpStatus: number | null;
  /** The close code of a WebSocket that the hub closes for it; null where it closes none. */
  readonly closeCode: number | null;
  /** Whether the same client should try again. */
  readonly comeBack: ComeBack;
}
