namespace Swarms.Hub.Protocol;

/// <summary>The values of <see cref="SearchResult.Kind"/>.</summary>
public static class SearchKinds
{
    /// <summary>A run, by its task, its text, its agent or its model.</summary>
    public const string Run = "run";

    /// <summary>A message, by its text.</summary>
    public const string Message = "message";

    /// <summary>An agent of the room, by its name, its model or its instructions.</summary>
    public const string Agent = "agent";

    /// <summary>A member, by its name.</summary>
    public const string Member = "member";
}
