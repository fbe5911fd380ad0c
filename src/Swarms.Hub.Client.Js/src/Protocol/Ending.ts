import type { ComeBack } from './ComeBack.js';

/** One way in which a call, a feed or a connection ends. See `Endings`. */
export interface Ending {
  /** One of `ErrorCodes`. */
  readonly code: string;
  /** The status of an HTTP answer; null if no answer has the code. */
  readonly httpStatus: number | null;
  /** The close code of a WebSocket that the hub closes for it; null if it closes none. */
  readonly closeCode: number | null;
  /** The advice to the client: try again or not. */
  readonly comeBack: ComeBack;
}
