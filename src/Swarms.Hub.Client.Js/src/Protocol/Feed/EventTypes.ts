import type { RunEnding } from '../Runs/RunStates.js';

/** The values of `RoomEvent.type` that the hub defines; an upstream may add its own. */
export const EventTypes = {
  /** The upstream's name for the job and the agent. From the upstream. */
  metadata: 'metadata',
  /** The upstream began to work. From the upstream. */
  start: 'start',
  /** The next piece of a run's text. From the upstream. */
  chunk: 'chunk',
  /** Tokens and cost as the upstream states them. From the upstream. */
  usage: 'usage',
  /** An agent of a swarm began. From the upstream. */
  agentStart: 'agent_start',
  /** An agent of a swarm finished. From the upstream. */
  agentEnd: 'agent_end',
  /** The first event of every run. */
  runQueued: 'run.queued',
  /** A waiting run has another place in the queue. */
  runMoved: 'run.moved',
  /** The upstream is being called. */
  runStarted: 'run.started',
  /** Ending: the upstream finished; states length and digest of the text. */
  done: 'done',
  /** Ending: the run failed. */
  error: 'error',
  /** Ending: somebody cancelled the run. */
  cancelled: 'cancelled',
  /** Ending: the hub stopped or crashed during the run. */
  interrupted: 'interrupted',
  /** The room's first event. */
  roomCreated: 'room.created',
  /** The room was renamed. */
  roomChanged: 'room.changed',
  /** A new member joined. */
  memberJoined: 'member.joined',
  /** A member's name or role changed. */
  memberChanged: 'member.changed',
  /** A member left or was removed. */
  memberLeft: 'member.left',
  /** A member exchanged its token; what was opened with the old one ends. */
  memberRekeyed: 'member.rekeyed',
  /** An agent of the room was added or changed. */
  agentChanged: 'agent.changed',
  /** An agent of the room was removed. */
  agentRemoved: 'agent.removed',
  /** A member said something. */
  message: 'message',
  /** A member reacted to an event. */
  reaction: 'reaction',
  /** A member raised a hand. */
  handRaised: 'hand.raised',
  /** A member lowered the hand. */
  handLowered: 'hand.lowered',
} as const;

/** True for the four types that end a run. */
export function isEnding(type: string): type is RunEnding {
  return type === EventTypes.done || type === EventTypes.error || type === EventTypes.cancelled || type === EventTypes.interrupted;
}
