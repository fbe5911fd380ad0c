import type { RunEnding } from './Run.js';

/** The event types that the hub itself gives a meaning; an upstream may add its own. */
export const EventTypes = {
  metadata: 'metadata',
  start: 'start',
  chunk: 'chunk',
  usage: 'usage',
  agentStart: 'agent_start',
  agentEnd: 'agent_end',
  runQueued: 'run.queued',
  runMoved: 'run.moved',
  runStarted: 'run.started',
  done: 'done',
  error: 'error',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
  roomCreated: 'room.created',
  roomChanged: 'room.changed',
  memberJoined: 'member.joined',
  memberChanged: 'member.changed',
  memberLeft: 'member.left',
  message: 'message',
  reaction: 'reaction',
  handRaised: 'hand.raised',
  handLowered: 'hand.lowered',
} as const;

/** True for the four types that end a run. */
export function isEnding(type: string): type is RunEnding {
  return type === 'done' || type === 'error' || type === 'cancelled' || type === 'interrupted';
}
