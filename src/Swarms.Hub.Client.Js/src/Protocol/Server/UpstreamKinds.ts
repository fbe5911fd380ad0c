/** The values of `UpstreamDescription.kind`. */
export const UpstreamKinds = {
  /** The Swarms API. */
  swarms: 'swarms',
  /** OpenAI, or another server that speaks its Chat Completions. */
  openAi: 'openai',
  /** Ollama. */
  ollama: 'ollama',
  /** Anthropic. */
  anthropic: 'anthropic',
  /** The hub's own simulator. Its answers mean nothing. */
  simulator: 'simulator',
} as const;

/** One of `UpstreamKinds`. */
export type UpstreamKind = (typeof UpstreamKinds)[keyof typeof UpstreamKinds];
