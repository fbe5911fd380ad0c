import type { RoomProgram } from './RoomProgram.js';

/** The programs of a room. */
export interface ProgramList {
  /** The programs, newest first. */
  readonly programs: readonly RoomProgram[];
}
