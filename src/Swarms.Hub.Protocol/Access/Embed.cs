using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>A permission to watch one run from any other page, by a token that is shown once.</summary>
public sealed record Embed
{
    /// <summary>An opaque, URL-safe id that sorts by creation. It is no secret.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the run that its token shows.</summary>
    public required string Run { get; init; }

    /// <summary>True if the run's task is left out of everything that the token gets.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HideTask { get; init; }

    /// <summary>The id of the host who made it.</summary>
    public required string By { get; init; }

    /// <summary>The time of its creation, in UTC with milliseconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The end of its token's lifetime, in UTC with milliseconds.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
