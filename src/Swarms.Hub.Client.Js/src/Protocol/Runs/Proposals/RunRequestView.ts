/** A run's task as its proposer asked for it, where a host changed it. */
export interface RunRequestView {
  /** The task, cut at `Run.maxTaskLength`. */
  readonly task: string;
  /** The whole task's length; undefined unless the task was cut. */
  readonly taskLength?: number;
}
