/** The state of a hub at one moment, for its operator. */
export interface HubOverview {
  /** The hub's version, with the commit that it was built from. */
  version: string;
  /** The time at which the process started. */
  startedAt: string;
  /** The sentences that say why rooms cannot be served now; empty while they can. */
  obstacles: string[];
  /** The number of rooms. */
  rooms: number;
  /** The number of rooms in memory. */
  loadedRooms: number;
  /** The number of its members. */
  members: number;
  /** The number of connections that watch a room. */
  viewers: number;
  /** The runs that have not ended. */
  runs: OverviewRuns;
  /** The spending of the last seven days, in UTC, oldest first. Days without a run are left out. */
  spending: OverviewDay[];
  /** The store and its disk. */
  store: OverviewStore;
  /** The rooms that are watched or have open runs, those with the most viewers first; at most 50. */
  busyRooms: OverviewRoom[];
  /** The newest warnings and errors of the hub's log since it started, newest first; at most 50. */
  problems: OverviewProblem[];
}

/** The runs of a hub that have not ended, by state. */
export interface OverviewRuns {
  /** Runs that call an upstream. */
  running: number;
  /** Runs that wait for their turn. */
  queued: number;
  /** Runs that wait for the rate limit of their upstream. */
  waiting: number;
  /** Runs that wait for a host. */
  proposed: number;
}

/** The spending of one day in all rooms. */
export interface OverviewDay {
  /** The day, in UTC. */
  day: string;
  /** The tokens that its runs have used, as far as they are known. */
  tokens: number;
  /** The cost, known or reserved, as upstreams state it. */
  cost: number;
}

/** The store of a hub. */
export interface OverviewStore {
  /** The bytes that it takes. */
  bytes: number;
  /** The bytes that its disk has left; null where nobody knows. */
  freeBytes?: number;
  /** The bytes below which the hub takes nothing new; 0 without a limit. */
  minFreeBytes: number;
  /** The time since which it takes no writes; null while it does. */
  failingSince?: string;
}

/** A room that is in use. */
export interface OverviewRoom {
  /** The room. */
  id: string;
  /** Its name. */
  name: string;
  /** The number of its members. */
  members: number;
  /** The number of members who watch it now. */
  watching: number;
  /** The number of its runs that have not ended. */
  openRuns: number;
  /** The tokens that its runs have used, as far as they are known. */
  tokens: number;
}

/** A line of the hub's log. */
export interface OverviewProblem {
  /** The time. */
  at: string;
  /** `warning`, `error` or `critical`. */
  level: string;
  /** The part of the hub that wrote it. */
  category: string;
  /** The line, without the exception that the log has. */
  message: string;
}
