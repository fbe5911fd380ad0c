/**
 * How a watched room is connected.
 * `catchingUp`: connecting for the first time, or connected and taking what was missed; also while a slow program takes what is
 * held for it; `live`: what was missed has been handed over, and events arrive as they happen; `reconnecting`: the connection
 * was lost and is being made again; `offline`: not watching, or four connections in a row brought nothing, or it was lost while
 * the browser has no network (attempts go on); `ended`: the hub has no such room for this member any more.
 */
export type ConnectionState = 'live' | 'catchingUp' | 'reconnecting' | 'offline' | 'ended';
