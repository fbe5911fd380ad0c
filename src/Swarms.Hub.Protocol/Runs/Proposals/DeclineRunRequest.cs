using System.Text.Json.Serialization;

namespace Swarms.Hub.Protocol;

/// <summary>The request that declines a proposal.</summary>
public sealed record DeclineRunRequest
{
    /// <summary>The reason, which the room sees: at most 500 characters; none if left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}
