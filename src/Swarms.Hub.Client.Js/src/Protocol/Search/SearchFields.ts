/** The values of `SearchResult.field`. */
export const SearchFields = {
  /** The name of a member, an agent, or a run's agent. */
  name: 'name',
  /** The model of an agent or of a run's agent. */
  model: 'model',
  /** The instructions of an agent. */
  prompt: 'prompt',
  /** The task of a run. */
  task: 'task',
  /** The text of a message, or of a run that has ended. */
  text: 'text',
} as const;
