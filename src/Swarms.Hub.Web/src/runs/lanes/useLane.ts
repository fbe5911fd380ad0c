import { useEffect, useState } from 'react';
import type { HubClientError, RoomClient, Run } from 'swarms-hub-client';
import { releasedIn } from './pieces';

/** The run of a lane as it stands, and how much of its text the room has. */
export interface LaneView {
  readonly run: Run | undefined;
  readonly released: number;
  readonly refusal: HubClientError | undefined;
}

const nothing: LaneView = { run: undefined, released: 0, refusal: undefined };

/** Watches the lane of a run for as long as it is shown. */
export function useLane(client: RoomClient, runId: string, laneId: string): LaneView {
  const [view, setView] = useState(nothing);
  useEffect(() => {
    const lane = client.openLane(laneId);
    let frame = 0;
    let refusal: HubClientError | undefined;
    const look = () => {
      frame = 0;
      setView({ run: lane.state?.runs.at(-1), released: releasedIn(client.state?.findRun(runId)), refusal });
    };
    const lookSoon = () => (frame ||= requestAnimationFrame(look));
    const stops = [
      client.onUpdate(lookSoon),
      lane.onUpdate(lookSoon),
      lane.onConnectionState((state, error) => {
        if (state === 'ended') refusal = error;
      }),
    ];
    // The refusal is shown with the state that came with it.
    lane.open().catch(lookSoon);
    return () => {
      cancelAnimationFrame(frame);
      stops.forEach(stop => stop());
      lane.close();
    };
  }, [client, runId, laneId]);
  return view;
}
