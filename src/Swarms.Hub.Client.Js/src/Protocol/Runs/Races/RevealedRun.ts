import type { RoomEvent } from '../../Feed/RoomEvent.js';
import { RunReservation } from '../../Money/RunReservation.js';
import { given, PayloadFields } from '../../PayloadFields.js';
import { RunAgent } from '../RunAgent.js';
import { RunError } from '../RunError.js';
import type { RunKind } from '../RunKinds.js';
import { Usage } from '../Usage.js';
import type { RevealedEvent } from './RevealedEvent.js';

/** The facts that a blind group has hidden of one run. */
export interface RevealedRun {
  /** The run's id. */
  readonly run: string;
  /** Its agent. */
  readonly agent: RunAgent;
  /** Its kind; undefined if it is `RunKinds.agent`, as which a blind group shows each run. */
  readonly kind?: RunKind;
  /** The part of a budget that it held; undefined without a budget. */
  readonly reserved?: RunReservation;
  /** The upstream's own id of the job; undefined where it stated none. */
  readonly jobId?: string;
  /** The figures of the upstream; undefined where it stated none. */
  readonly usage?: Usage;
  /** The error with its message; undefined unless the run failed. */
  readonly error?: RunError;
  /** The upstream's other events, oldest first, within `maxEventsBytes`; undefined without any. */
  readonly events?: readonly RevealedEvent[];
  /** The number of those events that were too many to keep; undefined if all are here. */
  readonly omittedEvents?: number;
}

export const RevealedRun = {
  /** The bytes of data of `events` that are kept for one run. */
  maxEventsBytes: 65_536,

  /** Reads the object of an event. A field that is missing or of another type is empty. */
  read(revealed: RoomEvent['data']): RevealedRun {
    const reserved = PayloadFields.optionalObject(revealed, 'reserved');
    const usage = PayloadFields.optionalObject(revealed, 'usage');
    const error = PayloadFields.optionalObject(revealed, 'error');
    return {
      run: PayloadFields.text(revealed, 'run') ?? '',
      agent: RunAgent.read(PayloadFields.object(revealed, 'agent')),
      ...given('kind', PayloadFields.text(revealed, 'kind') as RunKind | undefined),
      ...given('reserved', reserved && RunReservation.read(reserved)),
      ...given('jobId', PayloadFields.text(revealed, 'jobId')),
      ...given('usage', usage && Usage.read(usage)),
      ...given('error', error && RunError.read(error)),
    };
  },
};
