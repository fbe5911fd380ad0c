using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The request that lets other pages show one run.</summary>
public sealed record CreateEmbedRequest
{
    /// <summary>The id of a run of the room, ended or not.</summary>
    public string? Run { get; init; }

    /// <summary>The token's lifetime in seconds: 1 second to 30 days; an hour if left out.</summary>
    public long? ExpiresInSeconds { get; init; }

    /// <summary>True if the run's task stays in the room; false if left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HideTask { get; init; }
}
