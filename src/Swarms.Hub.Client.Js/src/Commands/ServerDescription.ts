/** What a hub says about itself. */
export interface ServerDescription {
  readonly version: string;
  /** Which upstream answers: the Swarms API, or the built-in simulator. */
  readonly upstream: { readonly kind: 'swarms' | 'simulator'; readonly host: string | null };
  /** `operator`: creating a room takes the operator's key. */
  readonly roomCreation: 'open' | 'operator';
}
