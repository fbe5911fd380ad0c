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
  /** A host hid an ended run. */
  runHidden: 'run.hidden',
  /** A host showed a hidden run again. */
  runShown: 'run.shown',
  /** A host removed an ended run; its task and text are erased. */
  runRemoved: 'run.removed',
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
  /** A member said something. */
  message: 'message',
  /** The author of a message changed its text; the earlier one is erased. */
  messageEdited: 'message.edited',
  /** The author of a message, or a host, removed it; its text is erased. */
  messageRemoved: 'message.removed',
  /** A member reacted to an event, or to a passage of a run. */
  reaction: 'reaction',
  /** A member took a reaction back. */
  reactionRemoved: 'reaction.removed',
  /** A member raised a hand. */
  handRaised: 'hand.raised',
  /** A member lowered the hand, or a host did. */
  handLowered: 'hand.lowered',
} as const;

/** True for the four types that end a run. */
export function isEnding(type: string): type is RunEnding {
  return type === EventTypes.done || type === EventTypes.error || type === EventTypes.cancelled || type === EventTypes.interrupted;
}
