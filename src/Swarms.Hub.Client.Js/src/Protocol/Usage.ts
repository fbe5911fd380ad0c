/** Figures exactly as the upstream states them; null where it does not. None is ever computed from a price. */
export interface Usage {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly totalTokens: number | null;
  /** In the upstream's currency (US dollars on the Swarms API). */
  readonly cost: number | null;
}
