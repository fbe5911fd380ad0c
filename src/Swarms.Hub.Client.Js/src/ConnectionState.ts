/**
 * How a watched room is connected.
 * `catchingUp`: connecting for the first time, or connected and waiting for what was missed; `live`: events arrive as they
 * happen; `reconnecting`: the connection was lost and is being made again; `offline`: not watching, or four connections in a
 * row brought nothing, or it was lost while the browser has no network (attempts go on); `ended`: the hub has no such room
 * for this member any more.
 */
export type ConnectionState = 'live' | 'catchingUp' | 'reconnecting' | 'offline' | 'ended';
