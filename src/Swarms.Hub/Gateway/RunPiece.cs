using Swarms.Hub.Protocol;

namespace Swarms.Hub.Gateway;

/// <summary>One piece of a run that is read for a door's caller: the run as it stands, or its next event.</summary>
/// <param name="Run">The run with its text; null for an event.</param>
/// <param name="Event">The event; null for a run.</param>
internal readonly record struct RunPiece(Run? Run, RoomEvent? Event);
