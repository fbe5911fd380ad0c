/** The part of a SignalR connection that a room needs. */
export interface FeedConnection {
  start(): Promise<void>;
  stop(): Promise<void>;
  stream<T>(method: string, ...args: unknown[]): { subscribe(observer: StreamObserver<T>): { dispose(): void } };
  invoke<T>(method: string, ...args: unknown[]): Promise<T>;
  on(method: string, handler: (...args: never[]) => void): void;
  onclose(handler: (error?: Error) => void): void;
  /** When anything at all was last heard from the hub, pings too; milliseconds since 1970. */
  readonly heardAt: number;
}

export interface StreamObserver<T> {
  next(value: T): void;
  error(error: unknown): void;
  complete(): void;
}
