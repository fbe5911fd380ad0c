/** The values of `ServerDescription.roomCreation`. */
export const RoomCreators = {
  /** Anyone may create rooms. */
  open: 'open',
  /** Creating a room takes the operator's key. */
  operator: 'operator',
} as const;

/** One of `RoomCreators`. */
export type RoomCreator = (typeof RoomCreators)[keyof typeof RoomCreators];
