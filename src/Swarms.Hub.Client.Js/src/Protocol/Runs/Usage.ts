/** Figures exactly as the upstream states them; null where it does not. None is ever computed from a price. */
export interface Usage {
  /** Tokens of the request. */
  readonly inputTokens: number | null;
  /** Tokens of the answer. */
  readonly outputTokens: number | null;
  /** Both together. */
  readonly totalTokens: number | null;
  /** In the upstream's currency (US dollars on the Swarms API). */
  readonly cost: number | null;
}
