/** One HTTP call. A repeatable one has the same effect when it arrives twice. */
export interface HubCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly isRepeatable?: boolean;
}
