/** The values of `SearchResult.kind`. */
export const SearchKinds = {
  /** A run, by its task, its text, its agent or its model. */
  run: 'run',
  /** A message, by its text. */
  message: 'message',
  /** An agent of the room, by its name, its model or its instructions. */
  agent: 'agent',
  /** A member, by its name. */
  member: 'member',
} as const;

/** One of `SearchKinds`. */
export type SearchKind = (typeof SearchKinds)[keyof typeof SearchKinds];
