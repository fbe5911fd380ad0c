using Swarms.Hub.Protocol;

namespace Swarms.Hub.RoomLogs;

/// <summary>A run and its place in the log.</summary>
/// <param name="FirstSequence">The sequence of its <c>run.queued</c>.</param>
/// <param name="Run">The run, without a text until it has ended.</param>
internal sealed record QueuedRun(long FirstSequence, Run Run);
