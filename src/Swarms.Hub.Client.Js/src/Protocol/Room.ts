/** What people watch together; owns one ordered log. */
export interface Room {
  readonly id: string;
  readonly name: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly createdAt: string;
}
