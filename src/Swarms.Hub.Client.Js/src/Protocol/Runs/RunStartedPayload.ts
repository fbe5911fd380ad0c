/** The data of `run.started`: empty. */
export type RunStartedPayload = Readonly<Record<string, never>>;
