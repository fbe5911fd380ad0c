import type { RoomEvent } from '../Feed/RoomEvent.js';
import { PayloadFields } from '../PayloadFields.js';
import { SpendingFigures } from './SpendingFigures.js';

/** The data of `spending`: the sums that one run's ending changed, as they are now. */
export interface SpendingPayload {
  /** The run that ended. */
  readonly run: string;
  /** The sums of the room. */
  readonly total: SpendingFigures;
  /** Those of the member who started it. */
  readonly member: SpendingFigures;
  /** Those of its agent. */
  readonly agent: SpendingFigures;
  /** Those of its model. */
  readonly model: SpendingFigures;
}

export const SpendingPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): SpendingPayload {
    return {
      run: PayloadFields.text(data, 'run') ?? '',
      total: SpendingFigures.read(PayloadFields.object(data, 'total')),
      member: SpendingFigures.read(PayloadFields.object(data, 'member')),
      agent: SpendingFigures.read(PayloadFields.object(data, 'agent')),
      model: SpendingFigures.read(PayloadFields.object(data, 'model')),
    };
  },
};
