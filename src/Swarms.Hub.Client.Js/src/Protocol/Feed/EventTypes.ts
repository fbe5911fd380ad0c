import type { RunEnding } from '../Runs/RunStates.js';

/** The values of `RoomEvent.type` that the hub defines; an upstream may add its own. */
export const EventTypes = {
  /** The upstream's name for the job and the agent. From the upstream. */
  metadata: 'metadata',
  /** The upstream began to work. From the upstream. */
  start: 'start',
  /** The next piece of a run's text. From the upstream. */
  chunk: 'chunk',
  /** The next piece of a model's reasoning, which is no part of the run's text. From the upstream. */
  reasoning: 'reasoning',
  /** A model wants a tool called. From the upstream. */
  toolCall: 'tool_call',
  /** Tokens and cost as the upstream states them. From the upstream. */
  usage: 'usage',
  /** An agent of a swarm began. From the upstream. */
  agentStart: 'agent_start',
  /** An agent of a swarm finished. From the upstream. */
  agentEnd: 'agent_end',
  /** The first event of a run that waits for a host's decision. */
  runProposed: 'run.proposed',
  /** A member supports a proposal. */
  runSupported: 'run.supported',
  /** A member no longer supports a proposal. */
  runUnsupported: 'run.unsupported',
  /** A host gave a proposal another place. */
  runPlaced: 'run.placed',
  /** A host approved a proposal, perhaps edited. `run.queued` follows it. */
  runApproved: 'run.approved',
  /** The first event of every run that is no proposal; what a proposal is once it is approved. */
  runQueued: 'run.queued',
  /** A waiting run has another place in the queue. */
  runMoved: 'run.moved',
  /** The upstream takes no call at the moment. The run is back in the queue and calls it again later. */
  runWaiting: 'run.waiting',
  /** The upstream is being called. */
  runStarted: 'run.started',
  /** Ending: the upstream finished; states length and digest of the text. */
  done: 'done',
  /** Ending: the run failed. */
  error: 'error',
  /** Ending: somebody cancelled the run. */
  cancelled: 'cancelled',
  /** Ending: a host declined the proposal. */
  declined: 'declined',
  /** Ending: the hub stopped or crashed during the run. */
  interrupted: 'interrupted',
  /** A passage of a run's text that a host masked: it is missing here. From a lane. */
  masked: 'masked',
  /** A host hid an ended run. */
  runHidden: 'run.hidden',
  /** A host showed a hidden run again. */
  runShown: 'run.shown',
  /** A host removed an ended run; its task and text are erased. */
  runRemoved: 'run.removed',
  /** A member started several runs of one prompt. Their `run.queued` follow. */
  groupStarted: 'group.started',
  /** A member voted for a run of a group, or took the vote back. */
  groupVoted: 'group.voted',
  /** A host ended the voting, and revealed what a blind group hid. */
  groupRevealed: 'group.revealed',
  /** In a lane: a host masked a passage of the text that is held. */
  laneMasked: 'lane.masked',
  /** In a lane: a host released the text up to a place. */
  laneReleased: 'lane.released',
  /** The room's first event. */
  roomCreated: 'room.created',
  /** The room's name or settings changed. */
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
  /** The room's spending after a run has ended. From the hub. */
  spending: 'spending',
  /** A limit of the budget is nearly used up. From the hub. */
  budgetWarned: 'budget.warned',
} as const;

const endings: ReadonlySet<string> = new Set([
  EventTypes.done,
  EventTypes.error,
  EventTypes.cancelled,
  EventTypes.declined,
  EventTypes.interrupted,
]);

/** True for the five types that end a run. */
export function isEnding(type: string): type is RunEnding {
  return endings.has(type);
}
