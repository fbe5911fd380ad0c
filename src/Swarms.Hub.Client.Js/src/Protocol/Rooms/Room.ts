/** What people watch together; owns one ordered log. */
export interface Room {
  /** Opaque, URL-safe, sorts by creation. */
  readonly id: string;
  /** 1 to 200 characters. */
  readonly name: string;
  /** In UTC with milliseconds. */
  readonly createdAt: string;
}
