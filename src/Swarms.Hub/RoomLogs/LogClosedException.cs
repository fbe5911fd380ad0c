namespace Swarms.Hub.RoomLogs;

/// <summary>The hub stops, and no log takes anything any more.</summary>
internal sealed class LogClosedException() : Exception("The hub stops: nothing more is stored.");
