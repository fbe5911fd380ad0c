namespace Swarms.Hub.Protocol;

/// <summary>A new embed. Its token is shown only here.</summary>
public sealed record EmbedCreated
{
    /// <summary>The embed.</summary>
    public required Embed Embed { get; init; }

    /// <summary>The token. It reads this one run and opens nothing else, so a page may carry it.</summary>
    public required string Token { get; init; }
}
