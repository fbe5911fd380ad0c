import { given } from '../Protocol/PayloadFields.js';
import type { MaskRunRequest } from '../Protocol/Runs/Lanes/MaskRunRequest.js';
import type { ReleaseRunRequest } from '../Protocol/Runs/Lanes/ReleaseRunRequest.js';
import { RoomClientThreads } from './RoomClient.Threads.js';

export abstract class RoomClientLanes extends RoomClientThreads {
  /** Masks a passage of a run's held text: the room will not get it. Hosts. */
  maskRun(runId: string, start: number, end: number): Promise<void> {
    const body: MaskRunRequest = { start, end };
    return this.endpoint.done('POST', `/runs/${encodeURIComponent(runId)}/mask`, body, true);
  }

  /** Releases a run's held text up to a place in the lane's text, or all that is held. Hosts. */
  releaseRun(runId: string, to?: number): Promise<void> {
    const body: ReleaseRunRequest = { ...given('to', to) };
    return this.endpoint.done('POST', `/runs/${encodeURIComponent(runId)}/release`, body, true);
  }
}
