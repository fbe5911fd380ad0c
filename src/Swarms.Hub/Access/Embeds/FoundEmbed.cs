namespace Swarms.Hub.Access;

/// <summary>A stored embed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="RoomId">The room of its run.</param>
/// <param name="RunId">The run that its token reads.</param>
/// <param name="HidesTask">True if the token does not show the run's task.</param>
/// <param name="By">The host who made it.</param>
/// <param name="ExpiresAt">The end of its lifetime.</param>
internal sealed record FoundEmbed(string Id, string RoomId, string RunId, bool HidesTask, string By, DateTimeOffset ExpiresAt);
