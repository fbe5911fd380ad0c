namespace Swarms.Hub.RoomLogs;

/// <summary>The hub stops, and no log accepts commits any more.</summary>
internal sealed class LogClosedException() : Exception("The hub stops: nothing more is stored.");
