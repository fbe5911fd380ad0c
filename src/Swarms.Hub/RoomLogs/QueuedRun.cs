using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>A run and where it stands in the log.</summary>
/// <param name="FirstSequence">The sequence of its <c>run.queued</c>.</param>
/// <param name="Run">Without a text while it has not ended.</param>
internal sealed record QueuedRun(long FirstSequence, Run Run);
