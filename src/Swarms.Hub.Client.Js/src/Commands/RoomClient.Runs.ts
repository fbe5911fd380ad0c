import type { ApproveRunRequest } from '../Protocol/Runs/Proposals/ApproveRunRequest.js';
import type { DeclineRunRequest } from '../Protocol/Runs/Proposals/DeclineRunRequest.js';
import { given } from '../Protocol/PayloadFields.js';
import type { PlaceRunRequest } from '../Protocol/Runs/Proposals/PlaceRunRequest.js';
import type { Passage } from '../Protocol/Messages/Passage.js';
import type { Run } from '../Protocol/Runs/Run.js';
import { RunKinds } from '../Protocol/Runs/RunKinds.js';
import type { RunPage } from '../Protocol/Runs/RunPage.js';
import type { RunPassage } from '../Protocol/Runs/RunPassage.js';
import type { RunStarted } from '../Protocol/Runs/RunStarted.js';
import type { StartRunRequest } from '../Protocol/Runs/StartRunRequest.js';
import { type AgentTask, toRequest } from './AgentTask.js';
import { RoomClientMessages } from './RoomClient.Messages.js';

/** A choice of runs to list. */
export interface ListRunsRequest {
  /** Words to find, as `search` takes them; all runs if left out. */
  readonly query?: string;
  /** A page's `RunPage.next`; the newest if left out. */
  readonly before?: string;
  /** 1 to 100; 20 if left out. */
  readonly limit?: number;
  /** The id of a thread's first run; all threads if left out. */
  readonly thread?: string;
}

export abstract class RoomClientRuns extends RoomClientMessages {
  /**
   * Starts a run and returns it as it is accepted. Repeats the call by itself where it may not have arrived, which is safe because it
   * carries an idempotency key (made up where the request has none).
   */
  startRun(run: StartRunRequest | AgentTask): Promise<Run> {
    const start = isRequest(run) ? run : toRequest(run);
    return this.sendStart({ ...start, kind: start.kind ?? RunKinds.agent });
  }

  /** @internal */
  async sendStart(start: StartRunRequest): Promise<Run> {
    const body: StartRunRequest = { ...start, idempotencyKey: start.idempotencyKey ?? newKey() };
    return (await this.endpoint.send<RunStarted>('POST', '/runs', body, true)).run;
  }

  /** Stops a run, keeping the text and usage so far. One that has ended is returned as it is. */
  cancelRun(runId: string): Promise<Run> {
    return this.endpoint.send('POST', `/runs/${encodeURIComponent(runId)}/cancel`, undefined, true);
  }

  /**
   * Approves a proposal and returns it as it is queued. Of two decisions the first counts; the other is refused with `conflict`. Hosts.
   */
  approveRun(runId: string, task?: string): Promise<Run> {
    const body: ApproveRunRequest = { ...given('task', task) };
    return this.endpoint.send('POST', `/runs/${encodeURIComponent(runId)}/approve`, body, false);
  }

  /** Declines a proposal and returns it with its ending. The room sees the reason. Hosts. */
  declineRun(runId: string, reason?: string): Promise<Run> {
    const body: DeclineRunRequest = { ...given('reason', reason) };
    return this.endpoint.send('POST', `/runs/${encodeURIComponent(runId)}/decline`, body, false);
  }

  /** Puts a proposal before another one, or at the end. Hosts. */
  placeRun(runId: string, before?: string): Promise<void> {
    const body: PlaceRunRequest = { ...given('before', before) };
    return this.endpoint.done('POST', `/runs/${encodeURIComponent(runId)}/place`, body, true);
  }

  /** Supports a proposal; a second time changes nothing. */
  supportRun(runId: string): Promise<void> {
    return this.endpoint.done('PUT', `/runs/${encodeURIComponent(runId)}/support`, undefined, true);
  }

  /** Takes the support of a proposal back. */
  unsupportRun(runId: string): Promise<void> {
    return this.endpoint.done('DELETE', `/runs/${encodeURIComponent(runId)}/support`, undefined, true);
  }

  /** Hides a run that has ended: clients do not show its task and text. Hosts. */
  hideRun(runId: string): Promise<void> {
    return this.endpoint.done('POST', `/runs/${encodeURIComponent(runId)}/hide`, undefined, true);
  }

  /** Shows a hidden run again. Hosts. */
  showRun(runId: string): Promise<void> {
    return this.endpoint.done('POST', `/runs/${encodeURIComponent(runId)}/show`, undefined, true);
  }

  /** Removes a run that has ended: its task and text are erased. Hosts. */
  removeRun(runId: string): Promise<void> {
    return this.endpoint.done('DELETE', `/runs/${encodeURIComponent(runId)}`, undefined, true);
  }

  /** A run with its text, however old. */
  getRun(runId: string): Promise<Run> {
    return this.endpoint.send('GET', `/runs/${encodeURIComponent(runId)}`, undefined, true);
  }

  /** Finds the passage at a place in a run's text, to quote it or to react to it. */
  findPassage(runId: string, start: number, end: number): Promise<RunPassage> {
    return this.endpoint.send('GET', `/runs/${encodeURIComponent(runId)}/passage?start=${start}&end=${end}`, undefined, true);
  }

  /** The place and the text of a passage that a message quotes or a reaction is for. */
  getPassage({ run, from, fromOffset, to, toOffset }: Passage): Promise<RunPassage> {
    const query = `from=${from}&fromOffset=${fromOffset}&to=${to}&toOffset=${toOffset}`;
    return this.endpoint.send('GET', `/runs/${encodeURIComponent(run)}/passage?${query}`, undefined, true);
  }

  /** Runs, newest first, without their texts. */
  listRuns({ query, before, limit, thread }: ListRunsRequest = {}): Promise<RunPage> {
    const parts = Object.entries({ q: query, thread, before, limit }).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(parts.map(([name, value]) => [name, String(value)]));
    return this.endpoint.send('GET', `/runs?${search}`, undefined, true);
  }
}

/** An agent of the room is started by `startAgent`, and here where the run goes on from another one. */
function isRequest(run: StartRunRequest | AgentTask): run is StartRunRequest {
  return 'request' in run || 'continues' in run || 'supersedes' in run || 'include' in run;
}

/** Not randomUUID: a page that is served over plain HTTP in a local network has none. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}
